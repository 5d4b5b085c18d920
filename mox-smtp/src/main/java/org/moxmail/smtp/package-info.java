/** The grammar of SMTP: commands, paths, replies. */
@NullMarked
package org.moxmail.smtp;

import org.jspecify.annotations.NullMarked;
