/** Puts the server together and takes it apart: the only package that makes capabilities. Only the command line uses it. */
@NullMarked
package org.moxmail.server.boot;

import org.jspecify.annotations.NullMarked;
