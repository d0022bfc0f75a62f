/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.log;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes one line per message: level, short name, text and cause; stack traces only at debug.
 * Warnings of the client's connection appear only at info and below: it repeats the same one at each attempt, several
 * times a second, and the shell itself reports lost connections.
 */
final class StderrLogger extends LegacyAbstractLogger
{
    private static final long serialVersionUID = 1L;
    private static final String CONNECTION = "org.apache.zookeeper.ClientCnxn";

    StderrLogger(final String name)
    {
        this.name = name;
    }

    @Override
    public boolean isTraceEnabled()
    {
        return isShown(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled()
    {
        return isShown(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled()
    {
        return isShown(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled()
    {
        return isShown(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled()
    {
        return isShown(Level.ERROR);
    }

    @Override
    protected String getFullyQualifiedCallerName()
    {
        return StderrLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        final Level level,
        final Marker marker,
        final String pattern,
        final Object[] arguments,
        final Throwable cause)
    {
        final StringBuilder line = new StringBuilder();
        line.append(level).append(' ').append(name.substring(name.lastIndexOf('.') + 1)).append(": ");
        line.append(MessageFormatter.basicArrayFormat(pattern, arguments));
        if (cause != null)
        {
            line.append(" (").append(cause).append(')');
            if (isDebugEnabled())
            {
                appendStack(line, cause);
            }
        }

        LogLevel.write(line.toString());
    }

    private boolean isShown(final Level level)
    {
        final Level least = LogLevel.level();
        final boolean isRepeated = least == Level.WARN && level == Level.WARN && name.startsWith(CONNECTION);
        return level.toInt() >= least.toInt() && !isRepeated;
    }

    private static void appendStack(final StringBuilder line, final Throwable cause)
    {
        for (final StackTraceElement element : cause.getStackTrace())
        {
            line.append("\n    at ").append(element);
        }
    }
}
