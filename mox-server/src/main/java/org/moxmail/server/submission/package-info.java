/** Mail from our own users. */
@NullMarked
package org.moxmail.server.submission;

import org.jspecify.annotations.NullMarked;
