package org.moxmail.server.cli;

import java.io.PrintStream;

/**
 * Where a command's words go.
 *
 * @param out results
 * @param err complaints and logs
 */
record Terminal(PrintStream out, PrintStream err) {}
