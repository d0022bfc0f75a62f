/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.util.Arrays;
import java.util.function.Function;

/** The rule that a value of a key must obey. */
final class ValueRule
{
    private static final String HEXADECIMAL = "0x";

    private final String expectation;
    private final Function<String, Boolean> test;

    private ValueRule(final String expectation, final Function<String, Boolean> test)
    {
        this.expectation = expectation;
        this.test = test;
    }

    static ValueRule text()
    {
        return new ValueRule("text", value -> true);
    }

    static ValueRule filled()
    {
        return new ValueRule("some text", value -> !value.isBlank());
    }

    static ValueRule flag()
    {
        return oneOf("true", "false");
    }

    static ValueRule yesNo()
    {
        return oneOf("yes", "no");
    }

    static ValueRule oneOf(final String... values)
    {
        return new ValueRule(String.join(" or ", values),
            value -> Arrays.stream(values).anyMatch(allowed -> allowed.equalsIgnoreCase(value)));
    }

    static ValueRule number(final long min, final long max)
    {
        return new ValueRule("a whole number from " + min + " to " + max, value -> isWithin(value, min, max));
    }

    static ValueRule atLeast(final int min)
    {
        return number(min, Integer.MAX_VALUE);
    }

    /** Only decimal digits, which everything that reads a port understands, including the scripts. */
    static ValueRule port()
    {
        final ValueRule number = number(0, 65535);
        return new ValueRule(number.expectation, value -> value.matches("\\d+") && number.accepts(value));
    }

    static ValueRule fraction(final double min, final double max)
    {
        return new ValueRule("a number from " + min + " to " + max, value -> isWithin(value, min, max));
    }

    boolean accepts(final String value)
    {
        return test.apply(value);
    }

    String expectation()
    {
        return expectation;
    }

    /**
     * Parses a number as a JVM parses properties, including hexadecimal such as {@code 0xfffff}, in which the
     * documentation of jute.maxbuffer writes the default. Unlike a JVM, it does not take a leading zero for an octal
     * number.
     *
     * @throws NumberFormatException when the value is not a number.
     */
    static long wholeNumber(final String value)
    {
        return value.regionMatches(true, 0, HEXADECIMAL, 0, HEXADECIMAL.length()) ? Long.decode(value) :
            Long.parseLong(value);
    }

    private static boolean isWithin(final String value, final long min, final long max)
    {
        try
        {
            final long number = wholeNumber(value);
            return min <= number && number <= max;
        }
        catch (final NumberFormatException ex)
        {
            return false;
        }
    }

    private static boolean isWithin(final String value, final double min, final double max)
    {
        try
        {
            final double number = Double.parseDouble(value);
            return min <= number && number <= max;
        }
        catch (final NumberFormatException ex)
        {
            return false;
        }
    }
}
