/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

/**
 * Something that a person should know about a configuration.
 *
 * @param severity how much it matters.
 * @param where    place: file and line, argument or property.
 * @param message  what is the matter and what to do, on one line; control characters in it are shown as escapes.
 */
public record Finding(Severity severity, String where, String message)
{
    /** How much a finding matters. */
    public enum Severity
    {
        /** Good to know. */
        INFO,
        /** The server starts, but something asked for will not happen. */
        WARN,
        /** The server does not start. */
        REFUSE
    }

    /** A finding may quote anything that stands in a file. */
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
