/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Handles the signals of the process. The JVM's own shutdown hooks would end it with exit code 143, but scripts expect
 * 0 after a clean end. The signal class is looked up by name at run time, because javac warns about it.
 */
final class Signals
{
    private Signals()
    {
    }

    /**
     * Runs a task on a thread of the JVM whenever the signal arrives. Returns false when it never arrives because the
     * process was started with the signal ignored.
     */
    static boolean onSignal(final String name, final Runnable task)
    {
        try
        {
            final Class<?> signalClass = Class.forName("sun.misc.Signal");
            final Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            final InvocationHandler invocation = (proxy, method, args) ->
            {
                task.run();
                return null;
            };
            final Object handler = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[]{
                handlerClass }, invocation);
            final Object before = signalClass.getMethod("handle", signalClass, handlerClass).invoke(null,
                signalClass.getConstructor(String.class).newInstance(name), handler);
            return !handlerClass.getField("SIG_IGN").get(null).equals(before);
        }
        catch (final ReflectiveOperationException | RuntimeException ex)
        {
            throw new LaunchException(ExitCode.UNEXPECTED,
                "signal " + name + " cannot be handled; start the JVM without -Xrs", ex);
        }
    }
}
