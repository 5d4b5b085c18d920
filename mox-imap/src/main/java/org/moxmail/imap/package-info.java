/**
 * The grammar of IMAP4rev2 (RFC 9051) and IMAP4rev1 (RFC 3501): commands and responses as values, and their readers and
 * writers for both directions.
 *
 * <p>A server frames what comes with {@link org.moxmail.imap.Fragmenter}, reads it with
 * {@link org.moxmail.imap.ImapDecoder} and answers with {@link org.moxmail.imap.ImapEncoder}; a client writes with
 * {@link org.moxmail.imap.CommandEncoder} and reads with {@link org.moxmail.imap.ResponseReader}. A value that exists
 * follows the grammar and can be written; what was written is read as an equal value.
 *
 * <p>Besides the base commands: LITERAL+ and LITERAL- (RFC 7888), IDLE (2177), ENABLE (5161), NAMESPACE (2342), ID (2971),
 * UIDPLUS (4315), MOVE (6851), UNSELECT (3691), SASL-IR (4959), SPECIAL-USE (6154), LIST-EXTENDED (5258), LIST-STATUS
 * (5819), STATUS=SIZE (8438), ESEARCH (4731), SEARCHRES (5182), BINARY (3516), UTF8=ACCEPT (6855), CONDSTORE and QRESYNC
 * (7162), MULTIAPPEND (3502), APPENDLIMIT (7889), SAVEDATE (8514), PREVIEW (8970), OBJECTID (8474), WITHIN (5032) and
 * INPROGRESS (9585).
 *
 * <p>Values and decoders are safe for many threads; what reads from or writes to a stream is for one.
 *
 * {@snippet :
 * TaggedCommand command = new ImapDecoder(ImapLimits.SERVER)
 *         .decode(Octets.ofText("a1 UID FETCH 1:* (FLAGS)"), MailboxEncoding.UTF8);
 * }
 */
@NullMarked
package org.moxmail.imap;

import org.jspecify.annotations.NullMarked;
