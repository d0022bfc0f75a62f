/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * All commands by name. Creating a command loads only its own class, so a single command starts fast.
 */
public final class CommandTable
{
    private static final Map<String, Supplier<ShellCommand>> COMMANDS = commands();

    /** The current names of commands that people still type under an old one. */
    private static final Map<String, String> REPLACEMENTS = Map.of("ls2", "ls -s", "rmr", "deleteall", "getacl",
        "getAcl",
        "setacl", "setAcl", "rm", "delete", "cat", "get", "mkdir", "create");

    private CommandTable()
    {
    }

    /**
     * @return the names of all commands, sorted.
     */
    public static List<String> names()
    {
        final List<String> names = new ArrayList<>(COMMANDS.keySet());
        names.sort(String.CASE_INSENSITIVE_ORDER);
        return names;
    }

    /**
     * @param name of a command.
     * @return whether a command has that name.
     */
    public static boolean contains(final String name)
    {
        return COMMANDS.containsKey(name);
    }

    /**
     * @param name of a command that exists.
     * @return its parser, which holds a new command.
     */
    public static CommandLine parser(final String name)
    {
        return CommandParser.of(COMMANDS.get(name).get());
    }

    static ShellCommand create(final String name)
    {
        return COMMANDS.get(name).get();
    }

    static Command description(final String name)
    {
        return create(name).getClass().getAnnotation(Command.class);
    }

    /** Returns the command that was probably meant; empty when no name is close. */
    static String nearest(final String typed)
    {
        final String replacement = REPLACEMENTS.get(typed);
        if (replacement != null)
        {
            return replacement;
        }

        final List<String> near = new ArrayList<>();
        for (final String name : COMMANDS.keySet())
        {
            if (name.equalsIgnoreCase(typed) || (typed.length() > 1 && name.startsWith(typed)))
            {
                near.add(name);
            }
        }

        return near.isEmpty() ? "" : Collections.min(near);
    }

    private static Map<String, Supplier<ShellCommand>> commands()
    {
        final Map<String, Supplier<ShellCommand>> commands = new TreeMap<>();
        commands.put("addauth", AddAuth::new);
        commands.put("addWatch", AddWatch::new);
        commands.put("close", Close::new);
        commands.put("config", Config::new);
        commands.put("connect", Connect::new);
        commands.put("create", Create::new);
        commands.put("delete", Delete::new);
        commands.put("deleteall", DeleteAll::new);
        commands.put("delquota", DelQuota::new);
        commands.put("exit", Quit::new);
        commands.put("get", Get::new);
        commands.put("getAcl", GetAcl::new);
        commands.put("getAllChildrenNumber", GetAllChildrenNumber::new);
        commands.put("getEphemerals", GetEphemerals::new);
        commands.put("help", Help::new);
        commands.put("history", History::new);
        commands.put("listquota", ListQuota::new);
        commands.put("ls", Ls::new);
        commands.put("printwatches", PrintWatches::new);
        commands.put("quit", Quit::new);
        commands.put("reconfig", Reconfig::new);
        commands.put("redo", Redo::new);
        commands.put("removewatches", RemoveWatches::new);
        commands.put("set", SetData::new);
        commands.put("setAcl", SetAcl::new);
        commands.put("setquota", SetQuota::new);
        commands.put("stat", StatCommand::new);
        commands.put("sync", Sync::new);
        commands.put("version", Version::new);
        commands.put("whoami", WhoAmI::new);
        return Collections.unmodifiableMap(commands);
    }
}
