package org.moxmail.smtp.server;

import java.io.IOException;
import java.io.OutputStream;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpReply;

/** Services that treat messages in their own way. */
final class Wrapping {
    private interface Reading {
        SmtpReply read(MessageStream body) throws IOException;
    }

    private Wrapping() {}

    static SmtpService fullDisk(SmtpService service) {
        return wrap(service, body -> {
            body.transferTo(new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    throw new IOException("disk full");
                }

                @Override
                public void write(byte[] octets, int offset, int length) throws IOException {
                    throw new IOException("disk full");
                }
            });
            return SmtpReplies.OK;
        });
    }

    static SmtpService unread(SmtpService service) {
        return wrap(service, body -> SmtpReply.of(554, "5.7.1", "no"));
    }

    static SmtpService swallowing(SmtpService service) {
        return wrap(service, body -> {
            try {
                body.transferTo(OutputStream.nullOutputStream());
            } catch (RefusedMessageException e) {
                return SmtpReply.of(250, "2.0.0", "never mind: " + e.reply());
            }
            return SmtpReplies.OK;
        });
    }

    static SmtpService broken(SmtpService service) {
        return wrap(service, body -> {
            throw new IllegalStateException("oops");
        });
    }

    private static SmtpService wrap(SmtpService service, Reading reading) {
        return peer -> {
            Admission.Admitted admitted = (Admission.Admitted) service.open(peer);
            return Admission.admit(new Session(admitted.session(), reading));
        };
    }

    private record Session(SmtpSession session, Reading reading) implements SmtpSession {
        @Override
        public SmtpReply hello(Hello hello, @Nullable SSLSession tls) {
            return session.hello(hello, tls);
        }

        @Override
        public MailDecision mail(ReversePath from, MailParams params) {
            return session.mail(from, params) instanceof MailDecision.Begin begin
                    ? MailDecision.begin(new Transaction(begin.transaction(), reading))
                    : MailDecision.refuse(SmtpReplies.LOCAL_ERROR);
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private record Transaction(MailTransaction transaction, Reading reading) implements MailTransaction {
        @Override
        public SmtpReply recipient(ForwardPath to, RcptParams params) {
            return transaction.recipient(to, params);
        }

        @Override
        public SmtpReply message(MessageStream body) throws IOException {
            return reading.read(body);
        }

        @Override
        public void close() {
            transaction.close();
        }
    }
}
