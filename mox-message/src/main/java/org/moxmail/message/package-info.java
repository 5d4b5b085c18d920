/**
 * Internet messages: parse, read, compose.
 *
 * <p>{@link org.moxmail.message.MessageParser} takes the octets of a message as they stream by and tells its structure, a
 * tree of {@link org.moxmail.message.Part}s with offsets; it never fails. With the structure and the octets, a
 * {@link org.moxmail.message.MessageContent}, all else is read without another parse: header fields
 * ({@link org.moxmail.message.HeaderFields}), bodies ({@link org.moxmail.message.PartBody}), a
 * {@link org.moxmail.message.Preview}. {@link org.moxmail.message.PartCodec} stores structures.
 * {@link org.moxmail.message.Composer} writes messages.
 *
 * <pre>{@code
 * byte[] octets = Files.readAllBytes(file);
 * MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
 * parser.feed(octets, 0, octets.length);
 * Part message = parser.finish();
 * MessageContent content = MessageContent.of(octets);
 * HeaderFields header = HeaderFields.read(content, message);
 * String subject = EncodedWords.decode(header.first("Subject").orElse(""));
 * for (Part part : message.parts()) {
 *     System.out.println(part.type() + "/" + part.subtype() + ", " + part.bodySize() + " octets");
 * }
 * System.out.println(subject + ": " + Preview.of(content, message));
 * }</pre>
 *
 * <p>Implemented: RFC 5322 with its obsolete forms, RFC 2045, 2046, 2047, 2183, 2231, RFC 6532, the localparts of RFC 5321
 * and 6531, RFC 5256 §2.1's base subject, RFC 8970. Left out: RFC 2046's message/partial and message/external-body, whose
 * bodies are left as they are; embedded messages that are encoded against RFC 2046 §5.2.1, which are left unopened.
 *
 * <p>Values are immutable and for any threads. Parsers, composers, streams and contents are for one thread at a time.
 */
@NullMarked
package org.moxmail.message;

import org.jspecify.annotations.NullMarked;
