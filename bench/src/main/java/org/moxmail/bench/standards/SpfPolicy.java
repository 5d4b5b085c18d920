package org.moxmail.bench.standards;

import java.util.Locale;

/** What domains publish, and who asks: each a domain of the {@link SpfZone}. The constants' names are the benchmarks' parameters. */
public enum SpfPolicy {
    /** A network and an address. */
    IP4("a network and an address", "ip4.example", "198.51.100.17", "pass"),
    /** The domain's exchanges and hosts; it's the last of four addresses. */
    MX_A("mx and a", "mx-a.example", "192.0.2.204", "pass"),
    /** A mail provider's three lists of networks, one include within the other; the last has it. */
    INCLUDE("a provider's nested includes", "include.example", "203.0.113.77", "pass"),
    /** A name made of macros. */
    EXISTS("exists with macros", "exists.example", "192.0.2.3", "pass"),
    /** Another domain's record. */
    REDIRECT("redirect", "redirect.example", "2001:db8:12::25", "pass"),
    /** Everything is tried, and nothing matches. */
    FAIL("fail after all of it", "fail.example", "192.0.2.250", "fail");

    /** The HELO parameter of every client. */
    static final String HELO = "out.example.net";

    private final String title;
    final String domain;
    final String client;
    final String result;

    SpfPolicy(String title, String domain, String client, String result) {
        this.title = title;
        this.domain = domain;
        this.client = client;
        this.result = result;
    }

    /** What it is, for people. */
    public String title() {
        return title;
    }

    /** What it is, in a word. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String sender() {
        return "ann@" + domain;
    }
}
