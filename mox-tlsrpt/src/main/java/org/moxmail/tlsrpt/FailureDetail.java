package org.moxmail.tlsrpt;

import java.net.InetAddress;
import java.util.Optional;
import org.moxmail.dns.Addresses;

/**
 * How many sessions failed in one way, RFC 8460 §4.4. Texts are as the report has them; empty when it hasn't.
 *
 * @param resultType see {@link #knownResultType}
 * @param sendingMtaIp address of the client
 * @param receivingMxHostname name of the server, from the MX record
 * @param receivingMxHelo name of the server, as it said it
 * @param receivingIp address of the server
 * @param failedSessions from 0 to 2^53 - 1
 * @param additionalInformation a URI. Anybody's: nothing should fetch it unasked
 * @param failureReasonCode a code or words
 */
public record FailureDetail(
        String resultType,
        String sendingMtaIp,
        String receivingMxHostname,
        String receivingMxHelo,
        String receivingIp,
        long failedSessions,
        String additionalInformation,
        String failureReasonCode) {
    public FailureDetail {
        ReportText.valid(resultType);
        ReportText.valid(sendingMtaIp);
        ReportText.valid(receivingMxHostname);
        ReportText.valid(receivingMxHelo);
        ReportText.valid(receivingIp);
        ReportText.count(failedSessions);
        ReportText.valid(additionalInformation);
        ReportText.valid(failureReasonCode);
    }

    /** One session. */
    public static FailureDetail of(ResultType type) {
        return new FailureDetail(type.keyword(), "", "", "", "", 1, "", "");
    }

    /** The result type; empty when the standard doesn't know it. */
    public Optional<ResultType> knownResultType() {
        return ResultType.of(resultType);
    }

    /** The same for a session between these addresses. */
    public FailureDetail withAddresses(InetAddress sending, InetAddress receiving) {
        return new FailureDetail(
                resultType,
                Addresses.print(sending),
                receivingMxHostname,
                receivingMxHelo,
                Addresses.print(receiving),
                failedSessions,
                additionalInformation,
                failureReasonCode);
    }

    /** The same for this server. */
    public FailureDetail withReceivingMx(String hostname) {
        return new FailureDetail(
                resultType,
                sendingMtaIp,
                hostname,
                receivingMxHelo,
                receivingIp,
                failedSessions,
                additionalInformation,
                failureReasonCode);
    }

    /** The same for a server that said this name. */
    public FailureDetail withReceivingHelo(String helo) {
        return new FailureDetail(
                resultType,
                sendingMtaIp,
                receivingMxHostname,
                helo,
                receivingIp,
                failedSessions,
                additionalInformation,
                failureReasonCode);
    }

    /** The same with this reason. */
    public FailureDetail withReason(String code) {
        return new FailureDetail(
                resultType,
                sendingMtaIp,
                receivingMxHostname,
                receivingMxHelo,
                receivingIp,
                failedSessions,
                additionalInformation,
                code);
    }

    /** The same for so many sessions. */
    public FailureDetail withFailedSessions(long sessions) {
        return new FailureDetail(
                resultType,
                sendingMtaIp,
                receivingMxHostname,
                receivingMxHelo,
                receivingIp,
                sessions,
                additionalInformation,
                failureReasonCode);
    }
}
