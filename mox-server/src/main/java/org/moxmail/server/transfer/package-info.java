/** Carries mail out of accounts in formats that other programs read. */
@NullMarked
package org.moxmail.server.transfer;

import org.jspecify.annotations.NullMarked;
