/** MTA-STS, RFC 8461: records, policies, fetching and applying them. */
module org.moxmail.mtasts {
    requires static org.jspecify;
    requires transitive org.moxmail.dns;

    exports org.moxmail.mtasts;
}
