/** Fuzzing at length: every parser of the libraries against mutated input, for as long as one likes. */
@NullMarked
package org.moxmail.bench.fuzz;

import org.jspecify.annotations.NullMarked;
