package org.moxmail.message.authres;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderFields;

/**
 * The names under which servers that we trust write Authentication-Results fields, RFC 8601 §2.5 and §5. Names are
 * compared as domains, U-labels and A-labels being the same, or else as text in any case. Immutable.
 */
public final class AuthservIds {
    private final Set<String> ids;

    private AuthservIds(Set<String> ids) {
        this.ids = Set.copyOf(ids);
    }

    /** These names. */
    public static AuthservIds of(Collection<String> names) {
        Set<String> ids = new LinkedHashSet<>();
        names.forEach(name -> ids.add(canonical(name)));
        return new AuthservIds(ids);
    }

    /** These names. */
    public static AuthservIds of(String... names) {
        return of(List.of(names));
    }

    private static String canonical(String name) {
        String text = name.strip();
        if (text.endsWith(".")) {
            text = text.substring(0, text.length() - 1);
        }
        try {
            return DnsName.parseLax(text).unicode();
        } catch (SyntaxException e) {
            // No domain, which it needn't be: compared as text.
            return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a name is one of these. */
    public boolean contains(String server) {
        return ids.contains(canonical(server));
    }

    /**
     * Whether a border server has to drop a field from a message from outside (RFC 8601 §5), when these names are its
     * own: the field claims to come from one of them, or its version isn't known. One that can't be read is dropped
     * too, since another program might read a name in it.
     *
     * @param value what stands behind the field's colon
     */
    public boolean removes(String value) {
        try {
            String server = new AuthresReader(value, AuthresLimits.DEFAULT).server();
            return contains(server) || AuthenticationResults.parse(value).version() != AuthenticationResults.VERSION;
        } catch (SyntaxException e) {
            // What is unreadable can't be told from a forgery.
            return true;
        }
    }

    /**
     * The fields of a header that come from one of these names, topmost first: those to believe, provided that a border
     * server dropped forgeries. Unreadable ones and those of another version are left out.
     */
    public List<AuthenticationResults> trusted(HeaderFields header) {
        List<AuthenticationResults> found = new ArrayList<>();
        for (String value : header.all(AuthenticationResults.FIELD)) {
            try {
                AuthenticationResults results = AuthenticationResults.parse(value);
                if (results.version() == AuthenticationResults.VERSION && contains(results.server())) {
                    found.add(results);
                }
            } catch (SyntaxException e) {
                // RFC 8601 §4.1: what isn't understood counts as absent.
            }
        }
        return found;
    }
}
