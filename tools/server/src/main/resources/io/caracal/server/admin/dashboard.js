// SPDX-License-Identifier: Apache-2.0
// Shows what the server answers. Values reach the page as text nodes only, never as markup.
"use strict";

(() =>
{
    const REFRESH_MS = 2000;
    const byId = id => document.getElementById(id);
    let last = null;
    let previous = null;
    let node = null;
    /** The children that the page has so far, as the server sent them. */
    let children = [];
    let form = "text";
    let spanOf = "recent";
    let asked = 0;
    /** Whether the problem that is shown is that the server does not answer. */
    let isUnanswered = false;

    const element = (name, text, className) =>
    {
        const made = document.createElement(name);
        if (text !== undefined)
        {
            made.textContent = text;
        }
        if (className)
        {
            made.className = className;
        }
        return made;
    };

    const number = value => value === undefined || value === null ? "–" : Number(value).toLocaleString("en");

    const bytes = value =>
    {
        const units = ["B", "KB", "MB", "GB", "TB"];
        let size = value;
        let unit = 0;
        while (size >= 1024 && unit < units.length - 1)
        {
            size /= 1024;
            unit++;
        }
        return (unit === 0 ? size : size.toFixed(1)) + " " + units[unit];
    };

    const time = us => us < 0.5 ? "< 1 µs" : us < 1000 ? us.toFixed(0) + " µs" : us < 1e6 ? (us / 1000).toFixed(2) + " ms" :
        (us / 1e6).toFixed(2) + " s";

    const span = ms =>
    {
        const s = Math.floor(ms / 1000);
        return s < 120 ? s + " s" : s < 7200 ? Math.floor(s / 60) + " min" : s < 172800 ? Math.floor(s / 3600) + " h" :
            Math.floor(s / 86400) + " d";
    };

    const table = (id, head, rows) =>
    {
        const body = document.createElement("tbody");
        for (const row of rows)
        {
            const line = body.appendChild(document.createElement("tr"));
            for (const cell of row)
            {
                line.appendChild(element("td", cell));
            }
        }
        const parts = [];
        if (head.length > 0)
        {
            const top = document.createElement("thead");
            const line = top.appendChild(document.createElement("tr"));
            for (const name of head)
            {
                const cell = element("th", name);
                cell.scope = "col";
                line.appendChild(cell);
            }
            parts.push(top);
        }
        byId(id).replaceChildren(...parts, body);
    };

    const markPaths = (id, column) =>
        byId(id).querySelectorAll("tr").forEach(line => line.children[column].className = "path");

    const problem = text =>
    {
        byId("problem").hidden = !text;
        if (byId("problem").textContent !== text)
        {
            byId("problem").textContent = text;
        }
    };

    const rate = (now, before, seconds) => before === undefined || now < before ? "–" :
        Math.round((now - before) / seconds).toLocaleString("en") + "/s";

    const showTiles = (all, before, seconds) =>
    {
        const counts = all.counts;
        const then = before ? before.counts : {};
        const tiles = [
            ["requests", rate(counts.received, then.received, seconds)],
            ["replies and events", rate(counts.sent, then.sent, seconds)],
            ["commits", rate(counts.commits, then.commits, seconds)],
            ["outstanding", number(counts.outstanding)], ["sessions", number(counts.sessions)],
            ["connections", number(counts.connections)], ["znodes", number(counts.znodes)],
            ["ephemerals", number(counts.ephemerals)], ["watches", number(counts.watches)],
            ["data", bytes(counts.dataBytes)], ["sessions expired", number(counts.expired)],
            ["longest loop turn", time(all.server.longestLoopUs)],
            ["most computed in a turn", time(all.server.longestLoopCpuUs)]];
        byId("tiles").replaceChildren(...tiles.map(([label, value]) =>
        {
            const tile = document.createElement("div");
            tile.append(element("b", value), element("span", label));
            return tile;
        }));
    };

    const STAGES = { journal: "journal, until durable", force: "journal force", txn: "proposed to applied" };

    const showLatencies = (id, rows, before, seconds) =>
    {
        const then = new Map((before || []).map(row => [row.name, row.count]));
        table(id, ["", "count", "rate", "p50", "p99", "p99.9", "max"], rows.map(row =>
            [id === "stages" ? STAGES[row.name] || row.name : row.name.replaceAll("_", " "), number(row.count),
                before ? rate(row.count, then.get(row.name) || 0, seconds) : "–",
                ...[row.p50Us, row.p99Us, row.p999Us, row.maxUs].map(us => row.count ? time(us) : "–")]));
    };

    const showSpan = (all, before) =>
    {
        const isRecent = spanOf === "recent";
        const shown = isRecent ? all.recent : all;
        for (const id of ["operations", "stages"])
        {
            showLatencies(id, shown[id], isRecent ? [] : before && before[id],
                isRecent ? Math.max(all.recent.ms, 1) / 1000 : before ? (all.at - before.at) / 1000 : 1);
        }
        if (shown.operations.length === 0)
        {
            byId("operations").replaceChildren(element("caption", "no requests in this time", "quiet"));
        }
        for (const note of document.querySelectorAll(".since"))
        {
            note.textContent = isRecent ? "in the last " + span(all.recent.ms) :
                "since the figures were last reset; rates are of the last two seconds";
        }
        for (const button of document.querySelectorAll(".span"))
        {
            button.setAttribute("aria-pressed", String(button.dataset.span === spanOf));
        }
    };

    const PARTS = ["receive", "answer", "prepare", "journal", "quorum", "apply", "reply"];

    const showSlow = all =>
    {
        byId("slow-note").textContent = all.slowMs === 0 ? "Not recorded: slowRequestMs=0." : all.slow.length === 0 ?
            "None took longer than " + number(all.slowMs) + " ms (slowRequestMs)." :
            "The latest that took longer than " + number(all.slowMs) + " ms (slowRequestMs), with the time of each stage.";
        const ms = value => value === null ? "–" : value < 10 ? value.toFixed(2) : value.toFixed(0);
        table("slow", all.slow.length === 0 ? [] : ["when", "total ms", "operation", ...PARTS, "path", "result", "client"],
            all.slow.map(slow => [new Date(slow.time_ms).toLocaleTimeString(), ms(slow.total_ms),
                slow.operation, ...PARTS.map(part => ms(slow[part + "_ms"])), slow.path || "–",
                slow.result === 0 ? "done" : "error " + slow.result, slow.client]));
        [...byId("slow").querySelectorAll("tbody tr")].forEach((line, i) =>
        {
            const parts = PARTS.map(part => all.slow[i][part + "_ms"] || 0);
            line.children[3 + parts.indexOf(Math.max(...parts))].className = "most";
        });
        markPaths("slow", 3 + PARTS.length);
    };

    const showPaths = paths =>
    {
        const sampled = paths.sampled_reads + paths.sampled_writes;
        byId("paths-note").textContent = !paths.enabled ? "Not counted: pathStats.enabled=false." : sampled === 0 ?
            "No request named a path in the last " + span(paths.window_s * 1000) + "." :
            "What most requests named in the last " + span(paths.window_s * 1000) + ", of " +
                number(paths.sampled_reads) + " reads and " + number(paths.sampled_writes) + " writes sampled (" +
                number(paths.sample_rate * 100) + " %).";
        const share = (count, all) => number(count) + " (" + (100 * count / all).toFixed(1) + " %)";
        const rows = [["reads", paths.top_reads, paths.sampled_reads], ["writes", paths.top_writes, paths.sampled_writes]]
            .flatMap(([kind, top, all]) => Object.entries(top).slice(0, 10).map(([path, count]) =>
                [kind, share(count, all), path]));
        table("paths", rows.length === 0 ? [] : ["requests", "sampled", "path"], rows);
        markPaths("paths", 2);
    };

    const showMembers = members =>
    {
        byId("members-section").hidden = members.length === 0;
        table("members", ["server", "address", "state", "durable zxid", "behind", "synchronization", "last heard"],
            members.map(m => [m.id + (m.self ? " (this)" : "") + (m.observer ? " observer" : ""), m.address,
                m.state === "up" ? "in sync" : m.state + (m.snapshot && m.state !== "up" ? " (snapshot)" : ""),
                m.zxid || "–", m.behind === undefined ? "–" : number(m.behind) + " txns",
                m.sent === undefined || m.state === "up" ? "–" : number(m.sent) + " messages sent, " +
                    number(m.progress) + " steps made",
                m.silentMs === undefined ? "–" : number(m.silentMs) + " ms ago"]));
    };

    const showHeader = all =>
    {
        const server = all.server;
        byId("role").textContent = server.role;
        byId("role").className = "pill " + (server.serving ? "good" : "bad");
        byId("headline").textContent = (server.id ? "server " + server.id + " · " : "") + "epoch " +
            server.currentEpoch + " · zxid " + server.zxid + " · up " + span(server.uptimeMs) +
            (server.id && server.leader > 0 && server.leader !== server.id ? " · follows server " + server.leader : "");
        byId("footer").textContent = server.version;
        document.title = "Caracal: " + server.role;
    };

    const show = all =>
    {
        const seconds = last ? (all.at - last.at) / 1000 : 1;
        const server = all.server;
        showHeader(all);
        if (isUnanswered)
        {
            isUnanswered = false;
            problem("");
        }
        if (byId("overview").hidden)
        {
            // What the tree has to say of a path stays.
            last = all;
            return;
        }
        problem(!server.serving ? "This server answers no clients now: " + (server.standstill ||
            "it has no leader that it is sure of") + "." :
            server.missingFile ? server.missingFile + " was removed or replaced under this server: what it writes " +
            "now is lost when it ends. Put it back, or fetch the state before you stop it." :
            server.writesRefused ? "Writes are refused: the disk of the log has no room." :
            server.treeFull ? "Znodes take all the memory that they may take (treeMemoryLimitInMb): the leader " +
            "refuses creates and longer data until some are deleted." :
            server.quorumLacksRoom ? "Writes are refused: no quorum of servers has room on its disks." : "");
        showTiles(all, last, seconds);
        showMembers(all.members);
        showSpan(all, last);
        showSlow(all);
        showPaths(all.paths);
        table("memory", [], Object.entries(all.memory).map(([tag, size]) => [tag.replaceAll("_", " "), bytes(size)]));
        const disk = all.disk;
        const places = disk.dataDir === disk.logDir ?
            [["snapshots and log, " + disk.dataDir, bytes(disk.dataBytes)]] :
            [["snapshots, " + disk.dataDir, bytes(disk.dataBytes)], ["log, " + disk.logDir, bytes(disk.logBytes)]];
        table("disk", [], [...places, ["free", bytes(disk.freeBytes)],
            ["last snapshot", disk.snapshotRunning ? "being taken" : disk.snapshotZxid || "none"],
            ["taken", disk.snapshotTimeMs < 0 ? "–" : new Date(disk.snapshotTimeMs).toLocaleString()]]);
        for (const row of byId("disk").querySelectorAll("td:first-child"))
        {
            row.className = "long";
        }
        previous = last;
        last = all;
    };

    const refresh = async () =>
    {
        if (document.hidden)
        {
            return;
        }
        try
        {
            const answer = await fetch("api/overview");
            const all = await answer.json();
            if (all.error)
            {
                throw new Error(all.error);
            }
            all.at = performance.now();
            show(all);
        }
        catch (failure)
        {
            isUnanswered = true;
            problem("The server does not answer: " + failure.message);
        }
    };

    const bytesOf = () => node && node.data ? Uint8Array.from(atob(node.data), c => c.charCodeAt(0)) : new Uint8Array();

    /** Null when these bytes are no text: no UTF-8, or control characters that no text has. */
    const textOf = raw =>
    {
        try
        {
            const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
            return /[\0-\x08\x0e-\x1f]/.test(text) ? null : text;
        }
        catch (failure)
        {
            return null;
        }
    };

    /** Null when a text field would not give back the same bytes: no text, or ends of lines that it changes. */
    const editableText = raw =>
    {
        const text = textOf(raw);
        return text === null || text.includes("\r") ? null : text;
    };

    const showEdit = () =>
    {
        const isSuper = Boolean(node && node.superUser);
        byId("edit").hidden = !isSuper;
        byId("edit-note").hidden = isSuper;
        if (!isSuper)
        {
            return;
        }
        byId("delete").hidden = node.path === "/";
        const raw = bytesOf();
        const text = form === "hex" ? null : editableText(raw);
        const isTooLong = node.length > 0 && node.data === null;
        byId("set-data").dataset.form = text === null ? "hex" : "text";
        byId("set-data").value = text === null ? [...raw].map(b => b.toString(16).padStart(2, "0")).join(" ") : text;
        byId("set-data").disabled = isTooLong;
        byId("set-form").querySelector("button").disabled = isTooLong;
        byId("set-form-of").textContent = isTooLong ? "(too long to edit here)" : text !== null ? "as text" :
            form === "hex" ? "as hexadecimal bytes" : "as hexadecimal bytes, since it is not plain text";
    };

    const editedBytes = field =>
    {
        if (field.dataset.form !== "hex")
        {
            return new TextEncoder().encode(field.value);
        }
        const digits = field.value.replace(/\s+/g, "");
        if (!/^([0-9a-fA-F]{2})*$/.test(digits))
        {
            throw new Error("write bytes as pairs of the digits 0-9 and a-f");
        }
        return Uint8Array.from(digits.match(/../g) || [], pair => parseInt(pair, 16));
    };

    const showData = () =>
    {
        showEdit();
        for (const button of document.querySelectorAll(".form"))
        {
            button.setAttribute("aria-pressed", String(button.dataset.form === form));
        }
        const out = byId("data");
        out.classList.remove("hex");
        if (!node || node.length <= 0 || node.data === null)
        {
            out.textContent = !node ? "" : node.length < 0 ? "(null)" : node.length === 0 ? "(empty)" :
                "(" + bytes(node.length) + ": too long to show)";
            return;
        }
        const raw = bytesOf();
        const text = textOf(raw);
        if (form === "hex" || (form === "text" && text === null))
        {
            out.classList.add("hex");
            out.textContent = (form === "hex" ? "" : "(not text; its bytes:)\n") + hex(raw);
            return;
        }
        out.textContent = form === "json" ? json(text) : text;
    };

    const json = text =>
    {
        if (text === null)
        {
            return "(not JSON: these bytes are not text)";
        }
        try
        {
            return JSON.stringify(JSON.parse(text.replace(/^\uFEFF/, "")), null, 2);
        }
        catch (failure)
        {
            return "(not JSON: " + failure.message + ")";
        }
    };

    const isNarrow = window.matchMedia("(max-width: 44rem)");

    /** Half as many bytes in a line on a narrow screen, where all of it is to be seen. */
    const hex = raw =>
    {
        const lines = [];
        const width = isNarrow.matches ? 8 : 16;
        const digits = raw.length <= 0x10000 ? 4 : 8;
        for (let at = 0; at < raw.length; at += width)
        {
            const part = [...raw.slice(at, at + width)];
            lines.push(at.toString(16).padStart(digits, "0") + "  " +
                part.map(b => b.toString(16).padStart(2, "0")).join(" ").padEnd(3 * width) +
                part.map(b => b >= 32 && b < 127 ? String.fromCharCode(b) : ".").join(""));
        }
        return lines.join("\n");
    };

    const childPath = (parent, name) => (parent === "/" ? "" : parent) + "/" + name;
    const link = path => "#tree=" + encodeURIComponent(path).replaceAll("%2F", "/");

    const showCrumbs = path =>
    {
        const crumbs = byId("crumbs");
        const root = element("a", "/");
        root.href = link("/");
        crumbs.replaceChildren(root);
        let soFar = "/";
        for (const name of path.split("/").filter(part => part))
        {
            soFar = childPath(soFar, name);
            const step = element("a", name);
            step.href = link(soFar);
            crumbs.append(" ", step, " /");
        }
    };

    const childNote = child => !child.readable ? "not readable" : [
        ...child.ephemeral ? ["ephemeral"] : [],
        ...child.children ? [number(child.children) + (child.children === 1 ? " child" : " children")] : [],
        child.length < 0 ? "null" : bytes(child.length)].join(" · ");

    const childLine = (parent, child) =>
    {
        const line = document.createElement("li");
        const to = element("a", child.name);
        to.href = link(childPath(parent, child.name));
        line.append(to, element("small", childNote(child)));
        return line;
    };

    /** The server sends children in its own order, a part at a time; people look for a name in the order of names. */
    const showChildren = answer =>
    {
        byId("more").hidden = !answer.more;
        byId("more").dataset.after = answer.children.length ? answer.children[answer.children.length - 1].name : "";
        children = children.concat(answer.children);
        const byName = [...children].sort((a, b) => a.name < b.name ? -1 : 1);
        byId("children").replaceChildren(...byName.length ? byName.map(child => childLine(answer.path, child)) :
            [element("li", "none")]);
    };

    const authority = () =>
    {
        const credentials = byId("credentials").value;
        return credentials ? { Authorization: "digest " + credentials } : {};
    };

    const ask = async (path, after) =>
    {
        const turn = ++asked;
        const answer = await fetch("api/znode?path=" + encodeURIComponent(path) +
            (after ? "&after=" + encodeURIComponent(after) : ""),
            { headers: authority() });
        const body = await answer.json();
        if (turn !== asked)
        {
            return null;
        }
        if (body.error)
        {
            throw new Error(path + ": " + body.error);
        }
        return body;
    };

    const browse = async path =>
    {
        byId("path").value = path;
        showCrumbs(path);
        try
        {
            const answer = await ask(path, "");
            if (!answer)
            {
                return;
            }
            problem("");
            node = answer;
            children = [];
            showChildren(answer);
            showData();
            table("stat", [], Object.entries(answer.stat || {}).map(([key, value]) =>
                [key, key.endsWith("time") && value > 0 ? new Date(value).toLocaleString() : String(value)]));
            byId("acl").replaceChildren(...answer.acl.map(entry => element("li", entry)));
        }
        catch (failure)
        {
            node = null;
            byId("children").replaceChildren();
            byId("more").hidden = true;
            byId("stat").replaceChildren();
            byId("acl").replaceChildren();
            showData();
            problem(failure.message);
        }
    };

    const done = text =>
    {
        byId("done").hidden = !text;
        byId("done").textContent = text;
    };

    /** One change, then what there is now; true when it was made. */
    const change = async (method, query, body, said, then) =>
    {
        done("");
        try
        {
            const answer = await fetch("api/znode?" + query, { method, headers: authority(), body });
            const told = await answer.json();
            if (told.error)
            {
                throw new Error("Nothing was changed: ".repeat(answer.status === 503 ? 0 : 1) + told.error);
            }
            await then();
            done(said);
        }
        catch (failure)
        {
            problem(failure.message);
            byId("problem").scrollIntoView({ block: "nearest" });
        }
    };

    const pathQuery = path => "path=" + encodeURIComponent(path);

    const setData = async () =>
    {
        try
        {
            const body = editedBytes(byId("set-data"));
            await change("PUT", pathQuery(node.path) + "&version=" + node.stat.version, body,
                "Data of " + node.path + " is set.", () => browse(node.path));
        }
        catch (failure)
        {
            problem(failure.message);
        }
    };

    const createChild = async () =>
    {
        const path = childPath(node.path, byId("child-name").value);
        await change("POST", pathQuery(path) + "&acl=" + byId("child-acl").value, byId("child-data").value,
            path + " is created.", async () =>
            {
                byId("create-form").reset();
                await browse(node.path);
            });
    };

    const askToDelete = () =>
    {
        byId("confirm-text").textContent = "Delete " + node.path + " (version " + node.stat.version + ", " +
            (node.length < 0 ? "no data" : bytes(node.length)) + ") for good?";
        byId("confirm").showModal();
    };

    const deleteNode = async () =>
    {
        const path = node.path;
        byId("confirm").close();
        await change("DELETE", pathQuery(path) + "&version=" + node.stat.version, undefined, path + " is deleted.",
            async () =>
            {
                const parent = path.slice(0, path.lastIndexOf("/")) || "/";
                history.pushState(null, "", link(parent));
                await browse(parent);
            });
    };

    /** What somebody typed may be no code of anything; then it is taken as it is. */
    const decoded = text =>
    {
        try
        {
            return decodeURIComponent(text);
        }
        catch (failure)
        {
            return text;
        }
    };

    const route = () =>
    {
        const isTree = location.hash.startsWith("#tree=");
        byId("overview").hidden = isTree;
        byId("tree").hidden = !isTree;
        for (const [id, isHere] of [["go-overview", !isTree], ["go-tree", isTree]])
        {
            if (isHere)
            {
                byId(id).setAttribute("aria-current", "page");
            }
            else
            {
                byId(id).removeAttribute("aria-current");
            }
        }
        done("");
        if (isTree)
        {
            browse(decoded(location.hash.slice("#tree=".length)) || "/");
        }
        refresh();
    };

    byId("where").addEventListener("submit", event =>
    {
        event.preventDefault();
        const to = link(byId("path").value || "/");
        if (location.hash === to)
        {
            route();
        }
        location.hash = to;
    });
    byId("more").addEventListener("click", async () =>
    {
        try
        {
            const answer = node && await ask(node.path, byId("more").dataset.after);
            if (answer)
            {
                showChildren(answer);
            }
        }
        catch (failure)
        {
            problem(failure.message);
        }
    });
    for (const button of document.querySelectorAll(".form"))
    {
        button.addEventListener("click", () =>
        {
            form = button.dataset.form;
            showData();
        });
    }
    for (const button of document.querySelectorAll(".span"))
    {
        button.addEventListener("click", () =>
        {
            spanOf = button.dataset.span;
            if (last)
            {
                showSpan(last, previous);
            }
        });
    }
    byId("set-form").addEventListener("submit", event =>
    {
        event.preventDefault();
        setData();
    });
    byId("create-form").addEventListener("submit", event =>
    {
        event.preventDefault();
        createChild();
    });
    byId("delete").addEventListener("click", askToDelete);
    byId("confirm-no").addEventListener("click", () => byId("confirm").close());
    byId("confirm-yes").addEventListener("click", deleteNode);
    isNarrow.addEventListener("change", showData);
    window.addEventListener("hashchange", route);
    setInterval(refresh, REFRESH_MS);
    route();
})();
