package org.moxmail.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Messages of one size: fields as mail has them, then text; one in four has an HTML alternative. Each has a number in its
 * subject and Message-ID, no line begins with a dot, and the words {@value #RARE} and {@value #RARE_SUBJECT} are in one of a
 * hundred.
 */
public final class Letters {
    /** A word in the text of one message in a hundred. */
    public static final String RARE = "quokka";
    /** A word in the subject of one message in a hundred. */
    public static final String RARE_SUBJECT = "wombat";

    private static final int VARIANTS = 100;
    private static final String NUMBER = "0000000000";
    private static final String[] WORDS =
            ("the of and a to in is you that it he was for on are as with his they I at be this have "
                            + "from or one had by word but not what all were we when your can said there use an each which she do "
                            + "how their if will up other about out many then them these so some her would make like him into time "
                            + "has look two more write go see number no way could people my than first water been call who oil its "
                            + "now find long down day did get come made may part meeting report invoice regards")
                    .split(" ");

    private final byte[][] variants = new byte[VARIANTS][];
    private final int[][] numbers = new int[VARIANTS][];

    /** @param size of each message in octets with CRLF line ends; 1,000 at least */
    public Letters(int size) {
        Random random = new Random(size);
        for (int i = 0; i < VARIANTS; i++) {
            variants[i] = variant(i, size, random);
            numbers[i] = numbersIn(variants[i]);
        }
    }

    /** A message, in octets of the caller's own. */
    public byte[] letter(long number) {
        int variant = (int) (number % VARIANTS);
        byte[] octets = variants[variant].clone();
        byte[] digits = String.format("%010d", number).getBytes(StandardCharsets.US_ASCII);
        for (int at : numbers[variant]) {
            System.arraycopy(digits, 0, octets, at, digits.length);
        }
        return octets;
    }

    private static byte[] variant(int i, int size, Random random) {
        boolean alternative = i % 4 == 0;
        var out = new ByteArrayOutputStream(size);
        out.writeBytes(ascii("Return-Path: <list-bounces@lists.example.org>\r\n"
                + "Received: from mail.example.org (mail.example.org [192.0.2.25])\r\n"
                + "\tby mx.example.net with ESMTPS id 4XyZ" + i + " for <someone@example.net>;\r\n"
                + "\tTue, 24 Nov 2026 10:00:00 +0000 (UTC)\r\n"
                + "From: \"Ann Example " + i + "\" <ann" + i + "@example.org>\r\n"
                + "To: Someone <someone@example.net>, \"Else, Somebody\" <else@example.net>\r\n"
                + "Cc: Third <third@example.com>\r\n"
                + "Subject: Re: number " + NUMBER + (i == 7 ? " about the " + RARE_SUBJECT : " about the meeting")
                + "\r\n"
                + "Date: Tue, 24 Nov 2026 10:00:00 +0000\r\n"
                + "Message-ID: <" + NUMBER + "." + i + "@example.org>\r\n"
                + "In-Reply-To: <earlier." + i + "@example.org>\r\n"
                + "MIME-Version: 1.0\r\n"));
        String text = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n";
        if (alternative) {
            out.writeBytes(ascii("Content-Type: multipart/alternative; boundary=\"=_b1\"\r\n\r\n--=_b1\r\n" + text));
            words(out, (size + out.size()) / 2, i, random);
            out.writeBytes(ascii("\r\n--=_b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>\r\n"));
            String tail = "</body></html>\r\n--=_b1--\r\n";
            words(out, size - tail.length(), i, random);
            out.writeBytes(ascii(tail));
        } else {
            out.writeBytes(ascii(text));
            words(out, size, i, random);
        }
        if (out.size() != size) {
            throw new IllegalArgumentException("no message of " + size + " octets");
        }
        return out.toByteArray();
    }

    private static void words(ByteArrayOutputStream out, int until, int i, Random random) {
        var line = new StringBuilder(i == 42 ? RARE : "Well");
        while (until - out.size() > 160) {
            while (line.length() < 66) {
                line.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
            }
            out.writeBytes(ascii(line.append("\r\n").toString()));
            line.setLength(0);
            line.append(WORDS[random.nextInt(WORDS.length)]);
        }
        byte[] last = new byte[until - out.size()];
        Arrays.fill(last, (byte) 'x');
        for (int at = 64; at + 4 < last.length; at += 66) {
            last[at] = '\r';
            last[at + 1] = '\n';
        }
        last[last.length - 2] = '\r';
        last[last.length - 1] = '\n';
        out.writeBytes(last);
    }

    private static int[] numbersIn(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        int first = text.indexOf(NUMBER);
        return new int[] {first, text.indexOf(NUMBER, first + 1)};
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
