/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

/**
 * Something that a person should know about a configuration.
 *
 * @param severity how much it matters.
 * @param where    file and line, argument or property.
 * @param message  what is wrong and what to do, on one line; control characters are shown as escapes.
 */
public record Finding(Severity severity, String where, String message)
{
    /** How much a finding matters. */
    public enum Severity
    {
        /** For information only. */
        INFO,
        /** The server starts, but something that was asked for will not happen. */
        WARN,
        /** The server does not start. */
        REFUSE
    }

    /** Escapes the message, because a finding may quote anything that stands in a file. */
    public Finding
    {
        message = Printable.of(message);
    }

    @Override
    public String toString()
    {
        return where + ": " + message;
    }
}
