/** Internet messages: parse, compose, addresses. */
@NullMarked
package org.moxmail.message;

import org.jspecify.annotations.NullMarked;
