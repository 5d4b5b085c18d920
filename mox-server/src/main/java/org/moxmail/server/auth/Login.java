package org.moxmail.server.auth;

import org.moxmail.message.Address;

/**
 * Somebody who proved who they are.
 *
 * @param account whose mail it is
 * @param address of the account that they logged in with
 * @param scope what they may do
 */
public record Login(String account, Address address, Scope scope) {}
