/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

/** A configuration with which the server does not start; the message names place, value and remedy. */
public final class ConfigException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * A configuration is refused.
     *
     * @param message one line for each thing that is wrong.
     */
    public ConfigException(final String message)
    {
        super(message);
    }
}
