package org.moxmail.smtp.server;

import org.moxmail.smtp.HelloName;

/**
 * How a client introduced itself.
 *
 * @param extended by EHLO; otherwise by HELO
 * @param name what it calls itself
 */
public record Hello(boolean extended, HelloName name) {}
