package org.moxmail.server.boot;

/**
 * An account that a new data directory begins with.
 *
 * @param name of it
 * @param password that it gets unless it has one
 */
public record FirstAccount(String name, String password) {
    @Override
    public String toString() {
        return "FirstAccount[" + name + "]";
    }
}
