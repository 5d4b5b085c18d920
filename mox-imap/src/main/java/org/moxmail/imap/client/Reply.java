package org.moxmail.imap.client;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ResponseCode;

/**
 * All that came in answer to a command, whatever the answer is.
 *
 * @param tagged how it ended
 * @param untagged what came before that, unsolicited responses included, in order
 */
public record Reply(ImapResponse.Tagged tagged, List<ImapResponse> untagged) {
    public Reply {
        untagged = List.copyOf(untagged);
    }

    public boolean ok() {
        return tagged.status() == ImapResponse.Status.OK;
    }

    /** The code of the tagged response. */
    public Optional<ResponseCode> code() {
        return Optional.ofNullable(tagged.code());
    }

    /** The untagged responses of a type, in order. */
    public <T extends ImapResponse> List<T> all(Class<T> type) {
        return untagged.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The last untagged response of a type. */
    public <T extends ImapResponse> Optional<T> last(Class<T> type) {
        List<T> all = all(type);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The last code of a type, in the tagged or an untagged status response. */
    public <T extends ResponseCode> Optional<T> code(Class<T> type) {
        if (type.isInstance(tagged.code())) {
            return Optional.of(type.cast(tagged.code()));
        }
        T found = null;
        for (ImapResponse.Condition condition : all(ImapResponse.Condition.class)) {
            @Nullable ResponseCode code = condition.code();
            if (type.isInstance(code)) {
                found = type.cast(code);
            }
        }
        return Optional.ofNullable(found);
    }

    /** This reply if it is OK. */
    public Reply orThrow() throws ImapRefusal {
        if (!ok()) {
            throw new ImapRefusal(this);
        }
        return this;
    }
}
