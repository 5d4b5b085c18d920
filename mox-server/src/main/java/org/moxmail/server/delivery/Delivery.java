package org.moxmail.server.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.moxmail.dns.DnsName;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.server.log.Log;
import org.moxmail.smtp.BodyType;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.MessageStream;
import org.moxmail.smtp.server.SmtpReplies;
import org.moxmail.store.Account;
import org.moxmail.store.Delivered;
import org.moxmail.store.DeliveryRequest;
import org.moxmail.store.Store;
import org.moxmail.store.StoreException;

/**
 * Takes a message's octets, and puts one copy into each account that it is for. Octets are written once; what differs
 * between copies are the fields in front, which the store keeps beside them. Safe for many threads.
 */
public final class Delivery {
    /** RFC 5321 §6.3: more Received fields than any honest path has. */
    private static final int HOPS = 100;

    private static final SmtpReply LOOP = SmtpReply.of(550, "5.4.6", "mail loop: too many Received header fields");

    private final Store store;
    private final DnsName host;
    private final Log log;

    /** @param host our name in trace fields */
    public Delivery(Store store, DnsName host, Log log) {
        this.store = store;
        this.host = host;
        this.log = log;
    }

    /**
     * Spools a message.
     *
     * @param params of its MAIL: what was declared as BINARYMIME is kept octet for octet (RFC 3030 §3), of anything else bare
     *     LFs become CRLF
     * @throws IOException of the peer: nothing is kept
     */
    public Taken take(MessageStream body, MailParams params) throws IOException {
        Spool spool;
        try {
            spool = params.body() == BodyType.BINARY_MIME ? store.binarySpool() : store.spool();
        } catch (IOException | StoreException e) {
            return refused(e);
        }
        boolean kept = false;
        try {
            Taken taken = fill(spool, body);
            kept = taken instanceof Taken.Spooled;
            return taken;
        } finally {
            if (!kept) {
                drop(spool);
            }
        }
    }

    private Taken fill(Spool spool, MessageStream body) throws IOException {
        SpoolSink sink = new SpoolSink(spool.out());
        try {
            body.transferTo(sink);
            sink.close();
        } catch (IOException e) {
            IOException ours = sink.failure();
            if (ours == null) {
                throw e;
            }
            return refused(ours);
        }
        HeaderFields header;
        try (MessageContent content = spool.content()) {
            header = HeaderFields.read(content, spool.structure());
        } catch (IOException e) {
            return refused(e);
        }
        if (header.all("Received").size() > HOPS) {
            return new Taken.Refused(LOOP);
        }
        return new Taken.Spooled(spool, header);
    }

    private Taken refused(Exception failure) {
        log.error("spooling failed", failure);
        return new Taken.Refused(failure instanceof IOException io ? StorageReplies.of(io) : SmtpReplies.LOCAL_ERROR);
    }

    private void drop(Spool spool) {
        try {
            spool.close();
        } catch (IOException e) {
            // What is left is swept at the next start.
            log.warn("a spool can't be removed", "err", e);
        }
    }

    /**
     * Puts a message where it belongs: one copy per account, however many of its addresses are named. On a positive reply
     * every copy is durable.
     *
     * @param added header fields that we add on behalf of the sender, each with its line end
     */
    public SmtpReply deliver(Spool spool, Arrival arrival, String added, List<Addressee> addressees) {
        Map<String, Addressee> copies = new LinkedHashMap<>();
        addressees.forEach(addressee -> copies.putIfAbsent(addressee.account(), addressee));
        String received = ReceivedField.print(
                arrival, host, addressees.size() == 1 ? addressees.getFirst().path() : null);
        List<SmtpReply> refusals = new ArrayList<>();
        for (Addressee copy : copies.values()) {
            String prefix = envelopeFields(arrival, copy) + received + added;
            deliverCopy(spool, arrival, prefix, copy).ifPresent(refusals::add);
        }
        // With a refusal in hand nobody may be told 250: no queue yet could report it later. Those who got their copy
        // get another when the client tries again, which beats a lost one.
        return refusals.isEmpty() ? SmtpReply.of(250, "2.0.0", "delivered, id " + arrival.id()) : refusals.getFirst();
    }

    /** RFC 5321 §4.4: the final server keeps the reverse-path; Delivered-To is what list and loop tools look for. */
    private static String envelopeFields(Arrival arrival, Addressee copy) {
        String path = copy.path().print();
        String address = path.substring(1, path.length() - 1);
        return "Delivered-To: " + address + "\r\nReturn-Path: " + arrival.from().print() + "\r\n";
    }

    private Optional<SmtpReply> deliverCopy(Spool spool, Arrival arrival, String prefix, Addressee copy) {
        Log copyLog = log.with("cid", arrival.cid()).with("account", copy.account());
        DeliveryRequest request =
                new DeliveryRequest(copy.mailbox(), prefix, Flags.NONE, arrival.at(), arrival.id(), "", null);
        try (Account account = store.account(copy.account())) {
            return switch (account.deliver(spool, request)) {
                case Outcome.Done<Delivered> done -> {
                    long uid = done.value().message().uid();
                    copyLog.info("delivered", "mailbox", copy.mailbox(), "uid", uid, "size", spool.size());
                    yield Optional.empty();
                }
                case Outcome.Refused<Delivered> refused -> {
                    copyLog.info("delivery refused", "reason", refused.refusal());
                    yield Optional.of(StorageReplies.of(refused.refusal()));
                }
            };
        } catch (IOException | StoreException e) {
            copyLog.error("delivery failed", e);
            return Optional.of(e instanceof IOException io ? StorageReplies.of(io) : SmtpReplies.LOCAL_ERROR);
        }
    }
}
