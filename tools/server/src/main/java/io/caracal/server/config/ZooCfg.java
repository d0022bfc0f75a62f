/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a zoo.cfg. The format is that of {@code java.util.Properties}, which ZooKeeper uses: comments begin with
 * {@code #} or {@code !}, a key ends at {@code =}, {@code :} or white space, and a backslash continues a line at its
 * end and escapes elsewhere. Unlike that class, this one remembers line numbers.
 */
public final class ZooCfg
{
    /** Some editors put it at the beginning of a UTF-8 file; it would become part of the first key. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String name;
    private final List<CfgLine> lines = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final StringBuilder logicalLine = new StringBuilder();

    private ZooCfg(final String name)
    {
        this.name = name;
    }

    /**
     * Reads a file.
     *
     * @param file to read, in UTF-8; if it is not valid UTF-8, it is read as ISO 8859-1, as ZooKeeper does.
     * @return its lines.
     * @throws ConfigException when it cannot be read.
     */
    public static ZooCfg read(final Path file)
    {
        try
        {
            final ZooCfg cfg = parse(file.toString(), text(file));
            cfg.addServerLines();
            return cfg;
        }
        catch (final IOException ex)
        {
            throw new ConfigException(file + " " + reason(ex));
        }
    }

    private static String text(final Path file) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(file);
        try
        {
            final String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        }
        catch (final CharacterCodingException ex)
        {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static String reason(final IOException failure)
    {
        if (failure instanceof NoSuchFileException missing)
        {
            return "cannot be read: there is no " + missing.getFile() + "; name an existing configuration file";
        }

        return failure instanceof AccessDeniedException ?
            "cannot be read: this user may not; change its permissions or the user" :
            "cannot be read (" + failure.getMessage() + "); name an existing configuration file";
    }

    /**
     * Adds the server lines from the dynamic configuration file, into which ZooKeeper writes them when an ensemble can
     * change.
     */
    private void addServerLines()
    {
        final Optional<CfgLine> line = lines.stream()
            .filter(each -> each.key().equals(ServerProperty.DYNAMIC_CONFIG_FILE.key()))
            .reduce((earlier, later) -> later).filter(last -> !last.value().isEmpty());
        if (line.isPresent())
        {
            final List<CfgLine> members = members(line.get());
            findings.addAll(DynamicFileCheck.findings(lines, members));
            lines.addAll(members);
        }
    }

    private static List<CfgLine> members(final CfgLine line)
    {
        try
        {
            return parse(line.value(), text(Path.of(line.value()))).lines;
        }
        catch (final IOException ex)
        {
            throw new ConfigException(line.where() + ": " + line.key() + "=" + line.value() + " " + reason(ex));
        }
        catch (final InvalidPathException ex)
        {
            throw new ConfigException(line.where() + ": " + line.key() +
                " is not a path in the locale of this process: " + ex.getReason() + "; rename the file, or set LANG");
        }
    }

    /**
     * Parses a text.
     *
     * @param name for messages.
     * @param text of the file.
     * @return its lines.
     */
    public static ZooCfg parse(final String name, final String text)
    {
        final ZooCfg cfg = new ZooCfg(name);
        cfg.parse(text.split("\r\n|\r|\n", -1));
        return cfg;
    }

    /**
     * Everything that the file sets, in order, duplicates included.
     *
     * @return the lines.
     */
    public List<CfgLine> lines()
    {
        return List.copyOf(lines);
    }

    /**
     * What is wrong with the file beyond its single lines.
     *
     * @return lines that are in the wrong one of two files.
     */
    List<Finding> findings()
    {
        return List.copyOf(findings);
    }

    /**
     * The name of the file.
     *
     * @return as given.
     */
    public String name()
    {
        return name;
    }

    private void parse(final String[] naturalLines)
    {
        int beginsAt = 0;
        boolean isContinued = false;
        for (int i = 0; i < naturalLines.length; i++)
        {
            final String line = naturalLines[i].replaceAll("^[ \t\f]+", "");
            if (!isContinued || logicalLine.isEmpty())
            {
                isContinued = false;
                if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == '!')
                {
                    continue;
                }

                beginsAt = i + 1;
                logicalLine.setLength(0);
            }

            isContinued = endsWithOddBackslashes(line);
            logicalLine.append(line, 0, isContinued ? line.length() - 1 : line.length());
            if (!isContinued || i == naturalLines.length - 1)
            {
                isContinued = false;
                add(beginsAt, logicalLine.toString());
            }
        }
    }

    private void add(final int lineNumber, final String line)
    {
        if (line.isEmpty())
        {
            return;
        }

        final int keyEnd = keyEnd(line);
        int valueBegin = keyEnd;
        boolean hasSeparator = false;
        while (valueBegin < line.length())
        {
            final char c = line.charAt(valueBegin);
            if (!isBlank(c) && (hasSeparator || (c != '=' && c != ':')))
            {
                break;
            }

            hasSeparator |= c == '=' || c == ':';
            valueBegin++;
        }

        final String where = name + ":" + lineNumber;
        lines.add(new CfgLine(unescape(line.substring(0, keyEnd), where),
            unescape(line.substring(valueBegin), where).trim(), where, Origin.FILE));
    }

    private static int keyEnd(final String line)
    {
        for (int i = 0; i < line.length(); i++)
        {
            final char c = line.charAt(i);
            if (c == '\\')
            {
                i++;
            }
            else if (c == '=' || c == ':' || isBlank(c))
            {
                return i;
            }
        }

        return line.length();
    }

    private static boolean isBlank(final char c)
    {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private static boolean endsWithOddBackslashes(final String line)
    {
        int count = 0;
        while (count < line.length() && line.charAt(line.length() - 1 - count) == '\\')
        {
            count++;
        }

        return (count & 1) == 1;
    }

    private static String unescape(final String text, final String where)
    {
        final StringBuilder result = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length())
        {
            final char c = text.charAt(i++);
            if (c != '\\' || i == text.length())
            {
                if (c != '\\')
                {
                    result.append(c);
                }

                continue;
            }

            final char escaped = text.charAt(i++);
            if (escaped == 'u')
            {
                result.append(unicode(text, i, where));
                i += 4;
            }
            else
            {
                result.append(plain(escaped));
            }
        }

        return result.toString();
    }

    private static char plain(final char escaped)
    {
        return switch (escaped)
        {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    private static char unicode(final String text, final int index, final String where)
    {
        final String digits = text.substring(index, Math.min(index + 4, text.length()));
        if (!digits.matches("[0-9a-fA-F]{4}"))
        {
            throw new ConfigException(where + ": \\u" + digits + " is not a character; write four hexadecimal digits");
        }

        return (char)Integer.parseInt(digits, 16);
    }
}
