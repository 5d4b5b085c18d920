package org.moxmail.server.submission;

import java.time.Instant;
import java.util.Base64;
import org.moxmail.message.Address;
import org.moxmail.message.HeaderFields;
import org.moxmail.server.delivery.FieldDate;

/** Header fields that a submitted message gets from us, RFC 6409 §8. */
final class AddedFields {
    /** Octets of chance in a message id. */
    private static final int ID = 16;

    private final Submissions submissions;
    private final Instant at;

    AddedFields(Submissions submissions, Instant at) {
        this.submissions = submissions;
        this.at = at;
    }

    /**
     * Prints the fields with their line ends.
     *
     * @param header what the message has
     * @param user the address that its sender logged in with
     */
    String print(HeaderFields header, Address user) {
        StringBuilder out = new StringBuilder();
        if (header.first("Message-Id").isEmpty()) {
            out.append("Message-Id: <").append(id()).append('@').append(host()).append(">\r\n");
        }
        if (header.first("Date").isEmpty()) {
            out.append("Date: ").append(FieldDate.print(at)).append("\r\n");
        }
        // RFC 8601 §2.7.4.
        out.append("Authentication-Results: ").append(host());
        out.append(";\r\n\tauth=pass smtp.mailfrom=").append(user.print(true)).append("\r\n");
        return out.toString();
    }

    private String host() {
        return submissions.host().ascii();
    }

    private String id() {
        byte[] octets = new byte[ID];
        submissions.random().nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
