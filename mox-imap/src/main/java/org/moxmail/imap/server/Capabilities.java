package org.moxmail.imap.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is announced. Only what is implemented is in here. */
final class Capabilities {
    /** In the order in which they are announced, the ones that depend on the connection excepted. */
    private static final List<String> ALWAYS = List.of(
            "IMAP4rev2",
            "IMAP4rev1",
            "ENABLE",
            "LITERAL+",
            "IDLE",
            "SASL-IR",
            "BINARY",
            "UNSELECT",
            "UIDPLUS",
            "ESEARCH",
            "SEARCHRES",
            "MOVE",
            "UTF8=ACCEPT",
            "LIST-EXTENDED",
            "SPECIAL-USE",
            "CREATE-SPECIAL-USE",
            "LIST-STATUS",
            "ID",
            "CONDSTORE",
            "STATUS=SIZE",
            "SAVEDATE",
            "WITHIN",
            "NAMESPACE",
            "MULTIAPPEND",
            "PREVIEW",
            "OBJECTID");

    private Capabilities() {}

    /**
     * @param mechanisms that can be used now
     * @param startTls whether TLS can be started now
     * @param appendLimit octets of a message, RFC 7889
     * @param loggedIn nothing about logging in is announced any more
     */
    static List<String> of(
            ImapOptions options,
            Set<String> disabled,
            List<String> mechanisms,
            boolean startTls,
            long appendLimit,
            boolean loggedIn) {
        List<String> all = new ArrayList<>(ALWAYS);
        all.add("APPENDLIMIT=" + appendLimit);
        if (!loggedIn) {
            if (startTls) {
                all.add("STARTTLS");
            }
            mechanisms.forEach(mechanism -> all.add("AUTH=" + mechanism));
            if (!mechanisms.contains("PLAIN")) {
                all.add("LOGINDISABLED");
            }
        }
        all.removeIf(name -> isDisabled(name, options.disabledCapabilities()) || isDisabled(name, disabled));
        return all;
    }

    private static boolean isDisabled(String name, Set<String> disabled) {
        String upper = name.toUpperCase(java.util.Locale.ROOT);
        int value = upper.indexOf('=');
        return disabled.contains(upper)
                || value > 0 && upper.startsWith("APPENDLIMIT") && disabled.contains(upper.substring(0, value));
    }
}
