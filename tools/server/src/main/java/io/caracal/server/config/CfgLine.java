/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

/**
 * One {@code key=value} of a file or of the command line.
 *
 * @param key    as written.
 * @param value  trimmed.
 * @param where  file and line number, or the name of the argument or property, for messages.
 * @param origin kind of source.
 */
public record CfgLine(String key, String value, String where, Origin origin)
{
    /**
     * The line in a form that may be shown.
     *
     * @return key and value; the value of a secret is replaced by three stars.
     */
    public String shown()
    {
        final KnownKey known = KnownKeys.of(key);
        final boolean isSecret = known == null ? KnownKey.isSecret(key) : known.isSecret();
        return Printable.of(key + "=" + (isSecret ? "***" : value));
    }
}
