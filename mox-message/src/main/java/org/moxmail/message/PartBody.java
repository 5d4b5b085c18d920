package org.moxmail.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bodies of parts as streams over a message's octets. The streams hold nothing but a small buffer; closing them does not
 * close the content.
 */
public final class PartBody {
    private PartBody() {}

    /** The octets from {@code from} to {@code to}. */
    public static InputStream raw(MessageContent content, long from, long to) {
        return new RangeStream(content, from, to);
    }

    /** The body as it is in the message. */
    public static InputStream raw(MessageContent content, Part part) {
        return raw(content, part.bodyOffset(), part.endOffset());
    }

    /**
     * The body without its transfer encoding (RFC 2045 §6). Text that strays from the encoding's grammar is decoded as far
     * as it goes, which the stream {@linkplain DecodedStream#damaged tells}.
     *
     * @return empty when the encoding isn't known, for which IMAP has a response code (RFC 3516 §4.3)
     */
    public static Optional<DecodedStream> decoded(MessageContent content, Part part) {
        return TransferEncoding.find(part.encoding()).map(encoding -> encoding.decode(raw(content, part)));
    }

    /** The charset that the part says its text is in, US-ASCII when it says none; empty when we don't have it. */
    public static Optional<Charset> charset(Part part) {
        return Charsets.find(part.parameter("charset").orElse("us-ascii"));
    }

    /**
     * The text of the part: transfer encoding and charset decoded. What isn't valid becomes U+FFFD. When no charset is
     * given or it isn't known, the octets are read as UTF-8 if they start like it, else as windows-1252; with an unknown
     * transfer encoding they are read as they are.
     */
    public static Reader text(MessageContent content, Part part) throws IOException {
        InputStream octets = decoded(content, part).map(InputStream.class::cast).orElseGet(() -> raw(content, part));
        Optional<Charset> told = part.parameter("charset").flatMap(Charsets::find);
        boolean ascii = part.parameter("charset")
                .map(name -> name.equalsIgnoreCase("us-ascii"))
                .orElse(true);
        Charset charset;
        if (told.isPresent() && !ascii) {
            charset = told.get();
        } else {
            CharsetGuess guess = new CharsetGuess(octets);
            octets = guess.octets();
            charset = guess.charset();
        }
        return new InputStreamReader(
                octets,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
    }

    /** Looks at the start of octets to tell UTF-8 from what else it may be. */
    private static final class CharsetGuess {
        private static final int LOOK = 4096;

        private final InputStream rest;
        private final byte[] start;

        CharsetGuess(InputStream in) throws IOException {
            rest = in;
            start = in.readNBytes(LOOK);
        }

        InputStream octets() {
            return new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(start), rest);
        }

        Charset charset() {
            String text = HeaderText.decode(start, 0, start.length);
            // A character may be cut off at the end.
            int whole = start.length == LOOK ? Math.max(0, text.length() - 3) : text.length();
            for (int i = 0; i < whole; i++) {
                char c = text.charAt(i);
                if (Character.isHighSurrogate(c)) {
                    i++;
                } else if (Character.isLowSurrogate(c)) {
                    return Charsets.find("windows-1252").orElse(StandardCharsets.ISO_8859_1);
                }
            }
            return StandardCharsets.UTF_8;
        }
    }
}
