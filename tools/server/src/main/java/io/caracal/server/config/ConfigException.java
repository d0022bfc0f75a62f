/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

/**
 * Thrown for a configuration with which the server does not start. The message names the place, the value and the
 * remedy.
 */
public final class ConfigException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one line per problem.
     */
    public ConfigException(final String message)
    {
        super(message);
    }
}
