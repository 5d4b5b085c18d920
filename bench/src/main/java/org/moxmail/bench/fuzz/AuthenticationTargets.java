package org.moxmail.bench.fuzz;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.moxmail.dkim.ArcAuthenticationResults;
import org.moxmail.dkim.ArcMessageSignature;
import org.moxmail.dkim.ArcSeal;
import org.moxmail.dkim.ArcVerifier;
import org.moxmail.dkim.DkimKeyLookup;
import org.moxmail.dkim.DkimKeyRecord;
import org.moxmail.dkim.DkimLimits;
import org.moxmail.dkim.DkimOutcome;
import org.moxmail.dkim.DkimPolicy;
import org.moxmail.dkim.DkimSignature;
import org.moxmail.dkim.DkimVerifier;
import org.moxmail.dkim.SignedMessage;
import org.moxmail.dkim.SignedMessageFeed;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.message.MessageContent;
import org.moxmail.message.authres.AuthenticationResults;
import org.moxmail.mtasts.MtaStsPolicy;
import org.moxmail.mtasts.MtaStsRecord;
import org.moxmail.spf.ReceivedSpf;
import org.moxmail.spf.SpfRecord;

/** The parsers of mox-spf, mox-dkim and mox-mtasts, and of Authentication-Results. */
final class AuthenticationTargets {
    /** The key of RFC 8463, appendix A.2. */
    private static final String KEY = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    private static final String TAGS = " v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.com; s=may; t=1528637909;"
            + " h=from:to:subject:date; bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;"
            + " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n";

    private static final String RESULTS = "mx.example.org; spf=pass smtp.mailfrom=example.com;"
            + " dkim=pass (good) header.d=example.com header.s=may; dmarc=fail reason=\"no\" policy.x=y";

    private static final String MESSAGE = "DKIM-Signature:" + TAGS
            + "ARC-Seal: i=1; a=ed25519-sha256; d=example.com; s=may; cv=none; b=AAAA\r\n"
            + "ARC-Message-Signature: i=1;" + TAGS.substring(6)
            + "ARC-Authentication-Results: i=1; " + RESULTS + "\r\n"
            + "From: a@example.com\r\nTo: b@example.org\r\nSubject: x\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n"
            + "\r\nbody \t of  it\r\n\r\n";

    private static final DkimKeyLookup KEYS =
            new DkimKeyLookup(new ZoneResolver().txt("may._domainkey.example.com", KEY));

    private AuthenticationTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of(
                        "spf-record",
                        "v=spf1 \\s + - ? ~ all include: redirect= exp= a mx ptr ip4: ip6: exists: / // /0 /32 /128 %{i}"
                                + " %{d2r.} %{L} %% %_ %- x=y 1.2.3.4 :: . example.com : \0 é",
                        List.of(
                                "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 a:x.example/24//64 mx include:y.example -all",
                                "v=spf1 exists:%{l1r+-}.%{ir}.%{v}.z.example redirect=%{d}.w.example exp=e.%{o}",
                                "v=spf1 ?ptr:example.org unknown=%{h} ~all"),
                        AuthenticationTargets::spf),
                FuzzTarget.of(
                        "spf-received",
                        "pass fail softfail neutral none temperror permerror ( ) \\ \" client-ip= envelope-from= helo= ; ="
                                + " identity=mailfrom receiver= mechanism= a@b.example \\r\\n \\s",
                        List.of("pass (mx.example.org: domain of a@b.example is allowed) client-ip=192.0.2.1;"
                                + " envelope-from=\"a@b.example\"; helo=b.example; identity=mailfrom;"
                                + " receiver=mx.example.org"),
                        AuthenticationTargets::receivedSpf),
                FuzzTarget.of(
                        "dkim-signature",
                        "v=1 a=rsa-sha256 a=ed25519-sha256 b= bh= c=simple c=relaxed/simple d= h=from: i=@ l=0 l=99 q=dns/txt"
                                + " s= t= x= z=From:=20a|To: ; = : | \\r\\n\\s \\s @ é 99999999999999999999 i=1 cv=pass",
                        List.of(
                                "DKIM-Signature:" + TAGS,
                                "DKIM-Signature:" + TAGS.replace("; h=", "; i=a@x.example.com; l=5; x=1628637909; h="),
                                "ARC-Message-Signature: i=1;" + TAGS.substring(6),
                                "ARC-Seal: i=2; a=rsa-sha256; t=1; cv=pass; d=example.com; s=x; b=AAAA\r\n",
                                "ARC-Authentication-Results: i=1; " + RESULTS + "\r\n"),
                        AuthenticationTargets::signature),
                FuzzTarget.of(
                        "dkim-key",
                        "v=DKIM1 k=rsa k=ed25519 h=sha256 h=sha1:sha256 p= s=email s=* t=y:s n=x ; = : \\s \\r\\n\\s x=y",
                        List.of(KEY, "v=DKIM1; h=sha256; k=rsa; s=email; t=y:s; n=note; p=", "p=AAAA"),
                        AuthenticationTargets::key),
                FuzzTarget.of(
                        "dkim-message",
                        "\\r\\n \\n \\r \\s \\t DKIM-Signature: ARC-Seal: From: : ; l=3 c=simple/simple i=2 h=from:from"
                                + " d=example.com s=may --",
                        List.of(MESSAGE, MESSAGE.replace("relaxed/relaxed", "simple/simple")),
                        AuthenticationTargets::message),
                FuzzTarget.of(
                        "mtasts",
                        "version: STSv1 mode: enforce testing none mx: *. max_age: 604800 31557601 \\r\\n \\n : ; ="
                                + " v=STSv1 id= x=y \\s é \0",
                        List.of(
                                "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\n"
                                        + "max_age: 604800\r\n",
                                "version: STSv1\nmode: none\nmax_age: 1\nx: y\n",
                                "v=STSv1; id=20160831085700Z; ext=1;"),
                        AuthenticationTargets::mtaSts),
                FuzzTarget.of(
                        "message-results",
                        "; = / . ( ) \\ \" pass fail none reason= smtp.mailfrom= header.d= policy. 1 a@b.example \\r\\n\\s é",
                        List.of(
                                RESULTS,
                                "mx.example.org 1; none",
                                "mx.example.org; dkim/1 = fail (x(y)z) header.i=@d.example"),
                        AuthenticationTargets::results));
    }

    private static int spf(byte[] input, RandomGenerator random) throws SyntaxException {
        String text = Texts.text(input, random);
        if (!SpfRecord.isSpf(text)) {
            return 0;
        }
        SpfRecord record;
        try {
            record = SpfRecord.parse(text);
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        Texts.same("what is printed is read alike", record, SpfRecord.parse(record.print()));
        return 1
                + Math.min(record.terms().size(), 20)
                + (record.redirect().isPresent() ? 31 : 0)
                + (record.explanation().isPresent() ? 62 : 0);
    }

    private static int receivedSpf(byte[] input, RandomGenerator random) throws SyntaxException {
        ReceivedSpf field;
        try {
            field = ReceivedSpf.parse(Texts.text(input, random));
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        return 1 + field.hashCode() % 3;
    }

    private static int signature(byte[] input, RandomGenerator random) throws SyntaxException {
        String text = Texts.text(input, random);
        int outcome;
        try {
            DkimSignature signature = DkimSignature.parse(text);
            Texts.same("what is printed is read alike", signature, DkimSignature.parse(signature.print(true)));
            outcome = 1
                    + Math.min(signature.headers().size(), 20)
                    + (signature.identity().isPresent() ? 31 : 0);
        } catch (SyntaxException e) {
            outcome = Texts.kind(e.expected());
        }
        try {
            ArcMessageSignature signature = ArcMessageSignature.parse(text);
            Texts.same("what is printed is read alike", signature, ArcMessageSignature.parse(signature.print()));
            outcome += 7;
        } catch (SyntaxException e) {
            outcome = 31 * outcome + Texts.kind(e.expected());
        }
        try {
            ArcSeal seal = ArcSeal.parse(text);
            Texts.same("what is printed is read alike", seal, ArcSeal.parse(seal.print()));
            outcome += 11;
        } catch (SyntaxException e) {
            outcome = 31 * outcome + Texts.kind(e.expected());
        }
        try {
            ArcAuthenticationResults results = ArcAuthenticationResults.parse(text);
            Texts.same("what is printed is read alike", results, ArcAuthenticationResults.parse(results.print()));
            return outcome + 13;
        } catch (SyntaxException e) {
            return 31 * outcome + Texts.kind(e.expected());
        }
    }

    private static int key(byte[] input, RandomGenerator random) throws SyntaxException {
        DkimKeyRecord record;
        try {
            record = DkimKeyRecord.parse(Texts.text(input, random));
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        Texts.same("what is printed is read alike", record, DkimKeyRecord.parse(record.print()));
        return 1 + (record.publicKey().isPresent() ? 2 : 0);
    }

    private static int message(byte[] input, RandomGenerator random) throws IOException, InterruptedException {
        Instant now = Instant.ofEpochSecond(1_600_000_000L);
        DkimPolicy policy = random.nextBoolean() ? DkimPolicy.DEFAULT : DkimPolicy.RFC;
        DkimVerifier verifier = new DkimVerifier(KEYS, policy, () -> now);
        ArcVerifier arc = new ArcVerifier(KEYS, policy, () -> now);
        SignedMessage stored = SignedMessage.of(MessageContent.of(input));
        SignedMessageFeed feed = new SignedMessageFeed(DkimLimits.DEFAULT);
        for (int at = 0; at < input.length; ) {
            int count = Math.min(input.length - at, 1 + random.nextInt(100));
            feed.feed(input, at, count);
            at += count;
        }
        SignedMessage streamed = feed.finish();
        List<DkimOutcome> outcomes = verifier.verify(stored);
        Texts.same("pieces make no difference", outcomes, verifier.verify(streamed));
        Texts.same("pieces make no difference to a chain", arc.verify(stored), arc.verify(streamed));
        List<Object> kinds = new ArrayList<>();
        outcomes.forEach(outcome -> kinds.add(outcome.status()));
        kinds.add(arc.verify(stored).status());
        return kinds.toString().hashCode();
    }

    private static int mtaSts(byte[] input, RandomGenerator random) throws SyntaxException {
        String text = Texts.text(input, random);
        int outcome;
        try {
            MtaStsPolicy policy = MtaStsPolicy.parse(text);
            Texts.same("what is printed is read alike", policy, MtaStsPolicy.parse(policy.print()));
            outcome = 1 + Texts.kind(policy.mode().name());
        } catch (SyntaxException e) {
            outcome = Texts.kind(e.expected());
        }
        try {
            MtaStsRecord record = MtaStsRecord.parse(text);
            Texts.same("what is printed is read alike", record, MtaStsRecord.parse(record.print()));
            return outcome + 7;
        } catch (SyntaxException e) {
            return 31 * outcome + Texts.kind(e.expected());
        }
    }

    private static int results(byte[] input, RandomGenerator random) throws SyntaxException {
        AuthenticationResults results;
        try {
            results = AuthenticationResults.parse(Texts.text(input, random));
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        Texts.same("what is printed is read alike", results, AuthenticationResults.parse(results.print()));
        return 1 + Math.min(results.results().size(), 20);
    }
}
