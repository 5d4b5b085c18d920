package org.moxmail.imap.client;

import java.util.List;
import java.util.Optional;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ResponseCode;

/**
 * What SELECT or EXAMINE tells, RFC 9051 §6.3.2. Numbers that the server didn't tell are negative.
 *
 * @param readOnly the server says so
 * @param exists how many messages there are
 * @param flags that messages may have, as words
 * @param permanentFlags that can be changed for good; {@link #flags} when the server didn't tell (RFC 9051 §7.1)
 * @param uidValidity RFC 9051 §2.3.1.1
 * @param uidNext the next message's UID will be at least this
 * @param unseen the first unseen message's number, RFC 3501 §7.1
 * @param highestModSeq RFC 7162 §3.1.2.1
 * @param reply all of it, such as the responses that QRESYNC brings
 */
public record OpenMailbox(
        boolean readOnly,
        long exists,
        List<String> flags,
        List<String> permanentFlags,
        long uidValidity,
        long uidNext,
        long unseen,
        long highestModSeq,
        Reply reply) {
    static OpenMailbox of(Reply reply) {
        List<String> flags = reply.last(ImapResponse.FlagList.class)
                .map(ImapResponse.FlagList::words)
                .orElse(List.of());
        Optional<ResponseCode.PermanentFlags> permanent = reply.code(ResponseCode.PermanentFlags.class);
        return new OpenMailbox(
                reply.tagged().code() == ResponseCode.Word.READ_ONLY,
                reply.last(ImapResponse.Exists.class)
                        .map(ImapResponse.Exists::count)
                        .orElse(ImapCommand.ABSENT),
                flags,
                permanent.map(ResponseCode.PermanentFlags::flags).orElse(flags),
                reply.code(ResponseCode.UidValidity.class)
                        .map(ResponseCode.UidValidity::uidValidity)
                        .orElse(ImapCommand.ABSENT),
                reply.code(ResponseCode.UidNext.class)
                        .map(ResponseCode.UidNext::uid)
                        .orElse(ImapCommand.ABSENT),
                reply.code(ResponseCode.Unseen.class)
                        .map(ResponseCode.Unseen::number)
                        .orElse(ImapCommand.ABSENT),
                reply.code(ResponseCode.HighestModSeq.class)
                        .map(ResponseCode.HighestModSeq::modSeq)
                        .orElse(ImapCommand.ABSENT),
                reply);
    }
}
