package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreviewTest {
    private static String unescape(String text) {
        return text.replace("|", "\n");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "``; ``",
                "hi; hi|",
                "||  a  b  |||c|; a  b|c|",
                "> quoted|> more; [...]|",
                "On 3 May Alice wrote:|> quoted||mine; [...]|mine|",
                "On 3 May Alice|<a@b> wrote:|> quoted|mine; [...]|mine|",
                "Alice wrote:||> quoted|mine; [...]|mine|",
                "mine|Alice wrote:|> quoted; mine|Alice wrote:|[...]|",
                "mine|At 3 Alice wrote:|> quoted; mine|[...]|",
                "mine|[...]|> quoted|[…]|more; mine|[...]|more|",
                "...; [...]|",
                "mine|-- |Bob|phone; mine|",
                "mine|--|Bob|phone|fax|web|mail|more; mine|--|Bob|phone|fax|web|mail|more|",
                "mine|---||Bob; mine|---|Bob|",
                "a:|b; a:|b|",
            })
    void aPreviewIsWhatTheAuthorWrote(String text, String preview) {
        assertEquals(unescape(preview), Preview.ofText(unescape(text)));
    }

    @Test
    void aPreviewHas256CharactersAtMost() {
        assertEquals("a".repeat(255) + "\n", Preview.ofText("a".repeat(255)));
        assertEquals("a".repeat(255) + "\n", Preview.ofText("a".repeat(256)));
        String emoji = Preview.ofText("😀".repeat(1000));
        assertEquals("😀".repeat(255) + "\n", emoji);
        String lines = Preview.ofText("0123456789\n".repeat(100));
        assertTrue(lines.length() <= 256 && lines.length() > 240, lines);
    }

    @Test
    void controlCharactersAreGone() {
        assertEquals("a b c\n", Preview.ofText("a\u0000b\u0007c\u0085"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "<p>one</p><p>two</p>; one|two|",
                "a<b>b</b>c <i>d</i>; abc d|",
                "a<br>b<br/>c; a|b|c|",
                "  a \t b  ; a b|",
                "<head><title>no</title><style>p { }</style></head>yes; yes|",
                "<head><meta charset=utf-8><body>yes; yes|",
                "<script>if (a < b) alert('</p>')</script>yes; yes|",
                "<svg><text>no</text></svg>yes<template>no</template>; yes|",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>; a b|c|",
                "hi<blockquote>quoted<br>more</blockquote>bye; hi|[...]|bye|",
                "a<!-- no --> b<!doctype html>c; a bc|",
                "<a href=\"x>y\">link</a>; link|",
                "1 < 2 > 0 <3; 1 < 2 > 0 <3|",
                "<p; ``",
                "<!-- never closed; ``",
                "<p>a</div></p></p>b; a|b|",
            })
    void htmlIsShownAsText(String html, String preview) {
        assertEquals(unescape(preview), Preview.ofHtml(html));
    }

    @Test
    void characterReferencesAreDecoded() {
        assertEquals(
                "<é€–😀&bogus; &#xzz; & \ufffd\n",
                Preview.ofHtml("&lt;&eacute;&euro;&ndash;&#x1F600;&bogus; &#xzz; & &#0;"));
        assertEquals("a b\n", Preview.ofHtml("a&nbsp;&nbsp;b"));
        assertEquals("a b\n", Preview.ofHtml("a&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;&#847;&#8203; b"));
        assertEquals("👨\u200d👩\n", Preview.ofHtml("👨&zwj;👩"));
    }

    @Test
    void htmlMadeToBeCostlyIsEndured() {
        for (String piece :
                new String[] {"<", "&", "<svg>", "<blockquote>", "<!--", "<a b=\"", "</", "<script></", "&#", " ", "<p>"
                }) {
            Preview.ofHtml(piece.repeat((1 << 20) / piece.length()));
            Preview.ofHtml("<svg>" + piece.repeat((1 << 20) / piece.length()));
        }
        for (String piece : new String[] {"\n", ">\n", "--\n", "a:\n", "\n\n--\n"}) {
            Preview.ofText(piece.repeat((1 << 20) / piece.length()));
        }
    }

    private static String of(String message) throws IOException {
        byte[] octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return Preview.of(MessageContent.of(octets), MessageParser.parse(octets));
    }

    private static String multipart(String subtype, String... parts) {
        StringBuilder text = new StringBuilder("Content-Type: multipart/" + subtype + "; boundary=b\n\n");
        for (String part : parts) {
            text.append("--b\n").append(part).append('\n');
        }
        return text.append("--b--\n").toString();
    }

    @Test
    void theFirstPartWithSomethingToSayIsTaken() throws IOException {
        assertEquals("x\n", of("\nx\n"));
        assertEquals("b\n", of(multipart("mixed", "\n \n", "Content-Type: text/html\n\n<p>b</p>", "\nc")));
        assertEquals("b\n", of(multipart("mixed", "Content-Disposition: attachment\n\na", "\nb")));
        assertEquals("", of(multipart("encrypted", "\na")));
        assertEquals("", of(multipart("signed", "Content-Type: image/png\n\n", "\nb")));
        assertEquals("", of("Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n"));
        assertEquals("", of("Content-Type: message/rfc822\n\nSubject: x\n\nhi\n"));
        assertEquals(
                "é\n",
                of("Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n\n=C3=A9\n"));
    }
}
