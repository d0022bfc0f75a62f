/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles the files that a mutant changes, in memory, against the original classes. */
final class MutantCompiler
{
    private final List<Path> roots;

    MutantCompiler(final List<Path> roots)
    {
        this.roots = roots;
    }

    /**
     * Returns the classes of the changed files by their binary names. Throws if the mutant does not apply or compile.
     */
    Map<String, byte[]> compile(final Mutant mutant) throws IOException
    {
        final Map<String, String> sources = new LinkedHashMap<>();

        for (final Mutant.Edit edit : mutant.edits())
        {
            final String source = sources.containsKey(edit.file()) ? sources.get(edit.file()) : read(edit.file());
            final int at = source.indexOf(edit.found());

            if (at < 0 || edit.found().isBlank() || source.indexOf(edit.found(), at + 1) >= 0)
            {
                throw new IllegalStateException(mutant.name() + " does not apply: the text stands " + (at < 0 ?
                    "not at all" : "not once") + " in " + edit.file() + "\n" + edit.found());
            }

            sources.put(edit.file(), source.substring(0, at) + edit.replacement() + source.substring(at + edit.found()
                .length()));
        }

        return sources.isEmpty() ? Map.of() : compile(mutant, sources);
    }

    private String read(final String file) throws IOException
    {
        for (final Path root : roots)
        {
            if (Files.exists(root.resolve(file)))
            {
                return Files.readString(root.resolve(file));
            }
        }

        throw new IllegalStateException("no source " + file + " below " + roots);
    }

    private static Map<String, byte[]> compile(final Mutant mutant, final Map<String, String> sources)
        throws IOException
    {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter messages = new StringWriter();
        final List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((file, text) -> units.add(new Source(file, text)));

        try (Classes classes = new Classes(compiler.getStandardFileManager(null, null, null)))
        {
            final boolean isCompiled = compiler.getTask(messages, classes, null, List.of("-proc:none", "-nowarn",
                "--release", "17"), null, units).call();

            if (!isCompiled)
            {
                throw new IllegalStateException(mutant.name() + " does not compile: " + messages);
            }

            return classes.bytes();
        }
    }

    /** A source file in memory. */
    private static final class Source extends SimpleJavaFileObject
    {
        private final String text;

        Source(final String file, final String text)
        {
            super(URI.create("memory:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(final boolean ignoreEncodingErrors)
        {
            return text;
        }
    }

    /** Keeps the classes that the compiler writes. */
    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager>
    {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Classes(final JavaFileManager files)
        {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(final Location location, final String className,
            final JavaFileObject.Kind kind, final FileObject sibling)
        {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            written.put(className, bytes);

            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind)
            {
                @Override
                public OutputStream openOutputStream()
                {
                    return bytes;
                }
            };
        }

        Map<String, byte[]> bytes()
        {
            final Map<String, byte[]> bytes = new HashMap<>();
            written.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));

            return bytes;
        }

        @Override
        public void close()
        {
            try
            {
                super.close();
            }
            catch (final IOException e)
            {
                throw new UncheckedIOException(e);
            }
        }
    }
}
