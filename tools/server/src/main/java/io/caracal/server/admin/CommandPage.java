/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.http.HttpDoor;
import io.caracal.server.http.Page;
import io.caracal.server.http.Reply;
import io.caracal.server.http.Request;
import io.caracal.server.words.ServerStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Serves the commands: {@code <commandURL>/<name or alias>} answers as JSON, or as lines of key and value if the client
 * accepts {@code text/plain}; {@code <commandURL>} itself lists the commands. As in ZooKeeper, the status is 200 even
 * when the answer is an error, except for the commands that need rights.
 */
final class CommandPage implements Page
{
    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final String JSON = "application/json";
    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests";

    private final String url;
    private final AdminFacts facts;
    private final CommandAnswers answers;
    private final SnapshotCommands snapshots;

    CommandPage(final String url, final AdminFacts facts, final SnapshotCommands snapshots)
    {
        this.url = url;
        this.facts = facts;
        this.answers = new CommandAnswers(facts);
        this.snapshots = snapshots;
    }

    @Override
    public Reply answer(final Request request)
    {
        final String name = request.path().length() <= url.length() + 1 ? "" : request.path().substring(url.length() +
            1);
        final Command command = Command.of(name);
        final String method = request.method();
        final boolean isPost = "POST".equals(method);
        if (!isPost && !"GET".equals(method) && !"HEAD".equals(method))
        {
            return Reply.text(METHOD_NOT_ALLOWED, "GET, HEAD or POST\n").header("Allow", "GET, HEAD, POST");
        }
        if (name.isEmpty())
        {
            return Reply.of(OK, "text/html; charset=utf-8", HttpDoor.utf8(links()));
        }
        if (command == Command.SNAPSHOT || command == Command.RESTORE)
        {
            return snapshots.answer(command, name, request);
        }

        final Map<String, Object> answer = new LinkedHashMap<>();
        final String error = answer(command, name, request, answer);
        try
        {
            return reply(command, name, request, answer, error);
        }
        catch (final AnswerTooLongException ex)
        {
            answer.clear();
            return reply(command, name, request, answer, ex.getMessage());
        }
    }

    private static Reply reply(final Command command, final String name, final Request request,
        final Map<String, Object> answer, final String error)
    {
        answer.put("command", command == null ? name : command.label());
        answer.put("error", error);
        return isText(request) ? Reply.text(OK, lines(answer)) : Reply.of(OK, JSON, HttpDoor.utf8(Json.of(answer)));
    }

    private String answer(final Command command, final String name, final Request request,
        final Map<String, Object> answer)
    {
        if (command == null)
        {
            return "Unknown command: " + name;
        }

        try
        {
            final ServerStatus status = status();
            if (command.needsServing() && !status.isServing())
            {
                return NOT_SERVING;
            }

            return answers.answer(command, request.parameter("traceMask"), status, answer);
        }
        catch (final NoAnswerException | AnswerTooLongException ex)
        {
            return ex.getMessage();
        }
    }

    private ServerStatus status()
    {
        final ServerStatus status = facts.engine().status();
        return facts.words().membership().isEnsemble() ? status.inEnsemble() : status;
    }

    private String links()
    {
        final StringBuilder links = new StringBuilder();
        for (final Command command : Command.values())
        {
            links.append("<a href=\"").append(url).append('/').append(command.label()).append("\">")
                .append(command.label()).append("</a>\n<br/>\n");
        }

        return links.toString();
    }

    private static boolean isText(final Request request)
    {
        final String accept = request.header("Accept");
        return accept != null && accept.startsWith("text/plain");
    }

    private static String lines(final Map<String, Object> answer)
    {
        final StringBuilder lines = new StringBuilder();
        answer.forEach((key, value) -> lines.append(key).append('\t')
            .append(isStructure(value) ? Json.of(value).strip() : value).append('\n'));
        return lines.toString();
    }

    /** Whether a value is written as JSON within a line. Paths are written like any other text. */
    private static boolean isStructure(final Object value)
    {
        return value == null || value instanceof Number || value instanceof Map || value instanceof Collection;
    }
}
