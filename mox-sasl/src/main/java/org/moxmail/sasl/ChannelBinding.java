package org.moxmail.sasl;

import java.util.List;
import javax.net.ssl.SSLSession;

/** A channel binding of a TLS connection: its type and the data that both ends have (RFC 5056, RFC 5929, RFC 9266). */
public final class ChannelBinding {
    /** RFC 9266. */
    public static final String TLS_EXPORTER = "tls-exporter";

    /** RFC 5929 §4. */
    public static final String TLS_SERVER_END_POINT = "tls-server-end-point";

    private final String type;
    private final byte[] data;

    ChannelBinding(String type, byte[] data) {
        this.type = type;
        this.data = data.clone();
    }

    /** The registered name of the type. */
    public String type() {
        return type;
    }

    byte[] data() {
        return data.clone();
    }

    /** The bindings a server has for a session whose handshake is done, preferred first. */
    public static List<ChannelBinding> ofServer(SSLSession session) {
        return List.of();
    }

    /** The bindings a client has for a session whose handshake is done, preferred first. */
    public static List<ChannelBinding> ofClient(SSLSession session) {
        return List.of();
    }
}
