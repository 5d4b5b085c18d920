package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.testing.ZoneResolver;

/** The messages in the appendices of the RFCs. */
class RfcExamplesTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"));

    private static final String MESSAGE = """
        From: Joe SixPack <joe@football.example.com>
        To: Suzie Q <suzie@shopping.example.net>
        Subject: Is dinner ready?
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
        Message-ID: <20030712040037.46341.5F8J@football.example.com>

        Hi.

        We lost the game.  Are you hungry yet?

        Joe.
        """;

    private static List<DkimOutcome> verify(String message, ZoneResolver dns) throws Exception {
        return new DkimVerifier(dns, NOW).verify(Suites.message(Suites.wire(message)));
    }

    @Test
    void rfc6376AppendixA() throws Exception {
        // The key is the one of appendix C. Continuation lines have six blanks, which the RFC's page layout doesn't
        // show.
        ZoneResolver dns = new ZoneResolver()
                .txt(
                        "brisbane._domainkey.example.com",
                        "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ"
                                + "KBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt"
                                + "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v"
                                + "/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi"
                                + "tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB");
        String signed = """
            DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
                  c=simple/simple; q=dns/txt; i=joe@football.example.com;
                  h=Received : From : To : Subject : Date : Message-ID;
                  bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
                  b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
                  4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
                  KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
                  4bmp/YzhwvcubU4=;
            Received: from client1.football.example.com  [192.0.2.1]
                  by submitserver.example.com with SUBMISSION;
                  Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
            """;
        DkimOutcome outcome =
                verify(signed + MESSAGE.replace("game.  Are", "game. Are"), dns).get(0);
        assertEquals(
                "joe@football.example.com",
                outcome.signature().orElseThrow().auid().toString());
        assertEquals(DkimReason.VERIFIED, outcome.reason(), outcome::detail);
    }

    @Test
    void rfc8463AppendixA() throws Exception {
        ZoneResolver dns = new ZoneResolver()
                .txt(
                        "brisbane._domainkey.football.example.com",
                        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
                .txt(
                        "test._domainkey.football.example.com",
                        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
                                + "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC"
                                + "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3"
                                + "Ip3G+2kryOTIKT+l/K4w3QIDAQAB");
        String signed = """
            DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=brisbane; t=1528637909; h=from : to :
             subject : date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
             Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=test; t=1528637909; h=from : to : subject :
             date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
             DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
             dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
            """;
        List<DkimOutcome> outcomes = verify(signed + MESSAGE, dns);
        assertEquals(2, outcomes.size());
        for (DkimOutcome outcome : outcomes) {
            assertEquals(DkimReason.VERIFIED, outcome.reason(), outcome::detail);
        }
    }

    @Test
    void rfc8617AppendixB() throws Exception {
        // Its keys aren't published, so its fields are read only; and the body of the signed message is known.
        String message = """
            ARC-Seal: i=3; a=rsa-sha256; cv=pass; d=clochette.example.org; s=
                    clochette; t=12345; b=CU87XzXlNlk5X/yW4l73UvPUcP9ivwYWxyBWcVrRs7
                    +HPx3K05nJhny2fvymbReAmOA9GTH/y+k9kEc59hAKVg==
            ARC-Message-Signature: i=3; a=rsa-sha256; c=relaxed/relaxed; d=
                    clochette.example.org; h=message-id:date:from:to:subject; s=
                    clochette; t=12345; bh=KWSe46TZKCcDbH4klJPo+tjk5LWJnVRlP5pvjXFZY
                    LQ=; b=o71vwyLsK+Wm4cOSlirXoRwzEvi0vqIjd/2/GkYFYlSd/GGfKzkAgPqxf
                    K7ccBMP7Zjb/mpeggswHjEMS8x5NQ==
            ARC-Authentication-Results: i=3; clochette.example.org; spf=fail
                smtp.from=jqd@d1.example; dkim=fail (512-bit key)
                header.i=@d1.example; dmarc=fail; arc=pass (as.2.gmail.example=pass,
                ams.2.gmail.example=pass, as.1.lists.example.org=pass,
                ams.1.lists.example.org=fail (message has been altered))
            ARC-Seal: i=2; a=rsa-sha256; cv=pass; d=gmail.example; s=20120806; t=
                    12345; b=Zpukh/kJL4Q7Kv391FKwTepgS56dgHIcdhhJZjsalhqkFIQQAJ4T9BE
                    8jjLXWpRNuh81yqnT1/jHn086RwezGw==
            ARC-Message-Signature: i=2; a=rsa-sha256; c=relaxed/relaxed; d=
                    gmail.example; h=message-id:date:from:to:subject; s=20120806; t=
                    12345; bh=KWSe46TZKCcDbH4klJPo+tjk5LWJnVRlP5pvjXFZYLQ=; b=CVoG44
                    cVZvoSs2mMig2wwqPaJ4OZS5XGMCegWqQs1wvRZJS894tJM0xO1RJLgCPsBOxdA5
                    9WSqI9s9DfyKDfWg==
            ARC-Authentication-Results: i=2; gmail.example; spf=fail
                smtp.from=jqd@d1.example; dkim=fail (512-bit key)
                header.i=@example.org; dmarc=fail; arc=pass
                (as.1.lists.example.org=pass, ams.1.lists.example.org=pass)
            ARC-Seal: i=1; a=rsa-sha256; cv=none; d=lists.example.org; s=dk-lists;
                     t=12345; b=TlCCKzgk3TrAa+G77gYYO8Fxk4q/Ml0biqduZJeOYh6+0zhwQ8u/
                    lHxLi21pxu347isLSuNtvIagIvAQna9a5A==
            ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=
                    lists.example.org; h=message-id:date:from:to:subject; s=
                    dk-lists; t=12345; bh=KWSe46TZKCcDbH4klJPo+tjk5LWJnVRlP5pvjXFZYL
                    Q=; b=DsoD3n3hiwlrN1ma8IZQFgZx8EDO7Wah3hUjIEsYKuShRKYB4LwGUiKD5Y
                    yHgcIwGHhSc/4+ewYqHMWDnuFxiQ==
            ARC-Authentication-Results: i=1; lists.example.org; spf=pass
                smtp.mfrom=jqd@d1.example; dkim=pass (512-bit key)
                header.i=@d1.example; dmarc=pass
            Message-ID: <54B84785.1060301@d1.example>

            Hey gang,
            This is a test message.
            --J.
            """;
        byte[] octets = Suites.wire(message);
        ArcChain chain = Suites.message(octets).arc();
        assertNull(chain.problem());
        assertEquals(3, chain.highest());
        SignedMessage streamed = Suites.streamed(octets, 64);
        for (ArcChain.Link link : chain.links()) {
            DkimSignature signature = link.signature;
            assertNotNull(signature);
            assertNotNull(link.seal);
            assertEquals(link.instance == 1 ? ArcStatus.NONE : ArcStatus.PASS, link.seal.chain());
            byte[] hash = streamed.hashes().hash(BodyHashes.Wanted.of(signature, DkimAlgorithm.RSA_SHA256));
            assertNotNull(hash);
            assertEquals(signature.bodyHash(), org.moxmail.dns.Bytes.copyOf(hash));
            assertNotNull(link.results);
            ArcSet set = new ArcSet(link.results, new ArcMessageSignature(link.instance, signature), link.seal);
            assertEquals(set.seal(), ArcSeal.parse(set.seal().print()));
            assertEquals(
                    set.signature(), ArcMessageSignature.parse(set.signature().print()));
            assertEquals(
                    set.results(), ArcAuthenticationResults.parse(set.results().print()));
        }
        ArcOutcome outcome = new ArcVerifier(new DkimKeyLookup(new ZoneResolver()), DkimPolicy.RFC, NOW)
                .verify(Suites.message(octets));
        assertEquals(ArcStatus.FAIL, outcome.status());
    }
}
