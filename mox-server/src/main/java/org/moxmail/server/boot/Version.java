package org.moxmail.server.boot;

/** What this program calls itself. */
public final class Version {
    /** The product's name, as peers are told. */
    public static final String PRODUCT = "mox";

    private Version() {}

    /** The version that the jar's manifest has; {@code dev} when it doesn't come from a jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
