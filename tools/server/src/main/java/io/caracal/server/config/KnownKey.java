/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.util.Locale;

/**
 * A key that a zoo.cfg may hold, whatever the server does about it. A key that ends with {@code .N} stands for all keys
 * with a number in that place. A key that ends with {@code .*} stands for all keys with that prefix that have no entry
 * of their own.
 *
 * @param key          name, or a pattern.
 * @param rule         what a value must look like.
 * @param defaultValue value when the key is not set; null when there is none.
 * @param reaction     of the server when the key is set.
 * @param meaning      what the key does, or what is missing, or why nothing is needed.
 */
record KnownKey(String key, ValueRule rule, String defaultValue, Reaction reaction, String meaning)
{
    private static final int NUMBER_DIGITS_MAX = 18;

    /** Whether it stands for several keys. */
    boolean isPattern()
    {
        return key.endsWith(".N") || key.endsWith(".*");
    }

    /** Whether its values are kept out of logs and listings. */
    boolean isSecret()
    {
        return isSecret(key) || key.equals("ssl.*");
    }

    /** Whether the value of a key, known or mistyped, is kept out of logs and listings because of its name. */
    static boolean isSecret(final String key)
    {
        final String name = key.toLowerCase(Locale.ROOT);
        return name.contains("password") || name.contains("superdigest");
    }

    boolean accepts(final String value)
    {
        return rule.accepts(value);
    }

    String expectation()
    {
        return rule.expectation();
    }

    /** Whether it is a pattern that matches this key. */
    boolean matches(final String candidate)
    {
        final String stem = key.substring(0, key.length() - 1);
        if (!isPattern() || !candidate.startsWith(stem) || candidate.length() == stem.length())
        {
            return false;
        }
        if (key.endsWith(".N") && candidate.length() - stem.length() > NUMBER_DIGITS_MAX)
        {
            return false;
        }

        return key.endsWith(".*") || candidate.substring(stem.length()).chars().allMatch(c -> '0' <= c && c <= '9');
    }
}
