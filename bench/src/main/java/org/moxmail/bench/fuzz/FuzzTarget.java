package org.moxmail.bench.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** A parser with what it has to keep to. Used by one thread. */
interface FuzzTarget {
    /** What is done with an input. */
    interface Trial {
        /**
         * Feeds the parser. Errors that it declares are caught in here; whatever is thrown is a failure, an
         * {@link AssertionError} when a law is broken.
         *
         * @param random for what else is chosen, such as where the input is cut
         * @return what came of it, roughly: an input with a new outcome is kept to be mutated further
         */
        int run(byte[] input, RandomGenerator random) throws Exception;
    }

    /** Its module and what it reads. */
    String name();

    /** Well-formed inputs. */
    List<byte[]> seeds();

    /** Pieces of the grammar that mutations put in. */
    List<byte[]> tokens();

    /** Feeds the parser once. */
    int run(byte[] input, RandomGenerator random) throws Exception;

    /**
     * A target.
     *
     * @param tokens separated by blanks; {@code \r}, {@code \n}, {@code \0} and {@code \s} (a blank) are escaped
     * @param seeds in which line ends are CRLF or LF as they are to be
     */
    static FuzzTarget of(String name, String tokens, List<String> seeds, Trial trial) {
        List<byte[]> pieces = Texts.split(tokens);
        List<byte[]> inputs = seeds.stream().map(Texts::octets).toList();
        return new FuzzTarget() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<byte[]> seeds() {
                return inputs;
            }

            @Override
            public List<byte[]> tokens() {
                return pieces;
            }

            @Override
            public int run(byte[] input, RandomGenerator random) throws Exception {
                return trial.run(input, random);
            }
        };
    }
}
