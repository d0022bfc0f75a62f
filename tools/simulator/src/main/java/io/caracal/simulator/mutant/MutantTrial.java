/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.provider.ValueSource;

/** One test method of a class that was loaded with a mutant in it, run with what stands around it. */
final class MutantTrial
{
    private final Class<?> type;
    private final Method method;

    MutantTrial(final Class<?> type, final String name) throws NoSuchMethodException
    {
        this.type = type;
        method = methods(type).stream().filter(each -> each.getName().equals(name)).findFirst().orElseThrow(
            () -> new NoSuchMethodException(type + " " + name));
    }

    /** What goes wrong with a file, null when nothing does. */
    String finding(final Path file) throws ReflectiveOperationException
    {
        return findingOf(file);
    }

    /** What goes wrong, with any of the values that the test names if it names some; null when nothing does. */
    String finding() throws ReflectiveOperationException
    {
        final ValueSource values = method.getAnnotation(ValueSource.class);

        if (values == null)
        {
            return findingOf();
        }

        String finding = null;

        for (int i = 0; i < values.longs().length && finding == null; i++)
        {
            finding = findingOf(values.longs()[i]);
        }

        return finding;
    }

    private String findingOf(final Object... arguments) throws ReflectiveOperationException
    {
        final Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        final Object test = constructor.newInstance();
        String finding = null;

        try
        {
            for (final Method each : methods(type))
            {
                if (each.isAnnotationPresent(BeforeEach.class))
                {
                    invoke(each, test);
                }
            }

            invoke(method, test, arguments);
        }
        catch (final InvocationTargetException e)
        {
            finding = String.valueOf(e.getCause());
        }

        for (final Method each : methods(type))
        {
            if (each.isAnnotationPresent(AfterEach.class))
            {
                finding = end(each, test, finding);
            }
        }

        return finding;
    }

    /** What the end says counts when the test itself said nothing. */
    private static String end(final Method each, final Object test, final String finding)
        throws ReflectiveOperationException
    {
        try
        {
            invoke(each, test);

            return finding;
        }
        catch (final InvocationTargetException e)
        {
            return finding == null ? String.valueOf(e.getCause()) : finding;
        }
    }

    private static void invoke(final Method each, final Object test, final Object... arguments)
        throws ReflectiveOperationException
    {
        each.setAccessible(true);
        each.invoke(test, arguments);
    }

    /** Those of the super classes first, as the engine of the tests does. */
    private static List<Method> methods(final Class<?> type)
    {
        final List<Class<?>> line = new ArrayList<>();

        for (Class<?> each = type; Object.class != each; each = each.getSuperclass())
        {
            line.add(each);
        }

        Collections.reverse(line);

        return line.stream().flatMap(each -> List.of(each.getDeclaredMethods()).stream()).toList();
    }
}
