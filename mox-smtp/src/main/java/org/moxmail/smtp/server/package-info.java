/** The SMTP server engine and the interfaces through which it asks for decisions. */
@NullMarked
package org.moxmail.smtp.server;

import org.jspecify.annotations.NullMarked;
