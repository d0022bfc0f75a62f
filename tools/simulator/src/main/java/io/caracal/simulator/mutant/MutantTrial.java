/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test method of a class that was loaded with a mutant. It is run with the methods before and after each test. */
final class MutantTrial
{
    private final Class<?> type;
    private final Method method;

    MutantTrial(final Class<?> type, final String name) throws NoSuchMethodException
    {
        this.type = type;
        method = methods(type).stream().filter(each -> each.getName().equals(name)).findFirst()
            .orElseThrow(() -> new NoSuchMethodException(type + " " + name));
    }

    /** Runs the test with a file. Returns the failure, null when there is none. */
    String finding(final Path file) throws ReflectiveOperationException
    {
        return findingOf(file);
    }

    /**
     * Runs the test, once for each line of its source of arguments if it has one. Returns the failure, null when there
     * is none.
     */
    String finding() throws ReflectiveOperationException
    {
        String finding = null;
        for (final Object[] arguments : lines())
        {
            finding = finding == null ? findingOf(arguments) : finding;
        }

        return finding;
    }

    private List<Object[]> lines()
    {
        final ValueSource values = method.getAnnotation(ValueSource.class);
        if (values != null)
        {
            return LongStream.of(values.longs()).mapToObj(value -> new Object[]{ value }).toList();
        }

        final CsvSource lines = method.getAnnotation(CsvSource.class);

        return lines == null ? List.<Object[]>of(new Object[0]) : Stream.of(lines.value()).map(this::arguments)
            .toList();
    }

    private Object[] arguments(final String line)
    {
        final String[] words = line.split(",", -1);
        final Class<?>[] types = method.getParameterTypes();

        return IntStream.range(0, words.length).mapToObj(i -> argument(words[i].strip(), types[i])).toArray();
    }

    private static Object argument(final String word, final Class<?> type)
    {
        return type == long.class ? (Object)Long.valueOf(word) : type == int.class ? (Object)Integer.valueOf(word) :
            Boolean.valueOf(word);
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

    /** Runs a method that follows each test. Its failure counts only if the test itself did not fail. */
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

    /** All methods of a class, those of its superclasses first, which is the order of the test framework. */
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
