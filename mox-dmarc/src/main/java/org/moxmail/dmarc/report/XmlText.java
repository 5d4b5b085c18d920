package org.moxmail.dmarc.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.moxmail.dns.SyntaxException;

/**
 * Decodes XML as reports have it rather than as XML's appendix F has it: octets that are no text become U+FFFD, blanks may stand
 * before the declaration, and "UTF-16" is believed only if it looks like it, since there are reports in UTF-8 that say so. Done here
 * also because the JDK's reader prints to the standard error stream when it decodes something malformed.
 */
final class XmlText {
    private static final int LOOK = 256;
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*<\\?xml[^>]{0,200}?\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']");

    private XmlText() {}

    /** The text, from its first char that isn't blank. */
    static Reader open(InputStream in) throws IOException, SyntaxException {
        byte[] start = in.readNBytes(LOOK);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), in);
        PushbackReader text = new PushbackReader(new InputStreamReader(
                whole,
                charset(start)
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
        int c = text.read();
        while (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xfeff) {
            c = text.read();
        }
        if (c >= 0) {
            text.unread(c);
        }
        return text;
    }

    private static Charset charset(byte[] start) throws SyntaxException {
        if (start.length >= 2) {
            int pair = (start[0] & 0xff) << 8 | start[1] & 0xff;
            if (pair == 0xfeff || pair == '<') {
                return StandardCharsets.UTF_16BE;
            }
            if (pair == 0xfffe || pair == '<' << 8) {
                return StandardCharsets.UTF_16LE;
            }
        }
        Matcher declared = DECLARED.matcher(new String(start, StandardCharsets.ISO_8859_1));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        Charset charset;
        try {
            charset = Charset.forName(declared.group(1));
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(declared.start(1), "an encoding that is known", "XML 1.0 §4.3.3");
        }
        // The declaration could be read as ASCII, so that this isn't anything else.
        return new String(new byte[] {'<'}, charset).equals("<") ? charset : StandardCharsets.UTF_8;
    }
}
