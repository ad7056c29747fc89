// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_line.h"

#include <QCommandLineOption>
#include <QCommandLineParser>
#include <QJsonObject>

#include <algorithm>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

tl::unexpected<base::Error> usage(const QString& detail)
{
    return base::invalid(u"usage"_s, detail);
}

const QList<Option>& globalOptions()
{
    static const QList<Option> options {
        {u"data-dir"_s, u"DIR"_s, u"The data directory; default: $XDG_DATA_HOME/sealwright."_s},
        {u"passphrase-file"_s, u"FILE"_s, u"Opens the vault with the first line of FILE."_s},
        {u"json"_s, {}, u"Prints one JSON document."_s},
    };
    return options;
}

bool takesSeparateValue(const QString& argument)
{
    const auto matches = [&](const Option& option) {
        return !option.valueName.isEmpty() && argument == u"--"_s + option.name;
    };
    return std::any_of(globalOptions().begin(), globalOptions().end(), matches);
}

/// The noun and the verb are the first two words that belong to no global option.
QList<qsizetype> leadingWords(const QStringList& arguments)
{
    QList<qsizetype> found;
    for (qsizetype i = 0; i < arguments.size() && found.size() < 2; ++i) {
        if (takesSeparateValue(arguments[i]))
            ++i;
        else if (!arguments[i].startsWith(u'-'))
            found.append(i);
    }
    return found;
}

QString callOf(const Command& command)
{
    return (command.noun + u' ' + command.verb).trimmed();
}

QString overallHelp()
{
    QString text = u"Usage: sealwright-cli [--data-dir DIR] [--passphrase-file FILE] [--json] NOUN VERB …\n\n"_s;
    for (const Command& command : allCommands())
        text += u"  %1  %2\n"_s.arg(callOf(command) + u' ' + command.words, -34).arg(command.description);
    return text + u"\n“sealwright-cli NOUN VERB --help” tells the options of one call.\n"_s;
}

const Command* findCommand(const QString& noun, const QString& verb)
{
    const auto matches = [&](const Command& command) {
        return command.noun == noun && (command.verb.isEmpty() || command.verb == verb);
    };
    const auto found = std::find_if(allCommands().begin(), allCommands().end(), matches);
    return found == allCommands().end() ? nullptr : &*found;
}

QString unknownCall(const QString& noun, const QString& verb)
{
    QStringList verbs;
    for (const Command& command : allCommands())
        if (command.noun == noun)
            verbs.append(command.verb);
    if (verbs.isEmpty())
        return u"there is no command “%1”; see sealwright-cli --help"_s.arg(noun);
    const QString known = verbs.join(u", "_s);
    return verb.isEmpty() ? u"“%1” needs a verb: %2"_s.arg(noun, known)
                          : u"“%1” has no verb “%2”; it has %3"_s.arg(noun, verb, known);
}

void addOptions(QCommandLineParser& parser, const QList<Option>& options)
{
    for (const Option& option : options)
        parser.addOption(QCommandLineOption(option.name, option.description, option.valueName));
}

void collect(const QCommandLineParser& parser, const QList<Option>& options, Arguments& into)
{
    for (const Option& option : options)
        if (parser.isSet(option.name))
            into.options.insert(option.name, parser.values(option.name));
}

Result<void> checkWordCount(const Command& command, const QStringList& words)
{
    if (words.size() < command.minimumWords)
        return usage(u"“%1” needs %2"_s.arg(callOf(command), command.words));
    if (command.maximumWords >= 0 && words.size() > command.maximumWords)
        return usage(u"“%1” has one word too many: “%2”"_s.arg(callOf(command), words[command.maximumWords]));
    return {};
}

Result<Invocation> parseRest(const Command& command, const QStringList& rest)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(command.description);
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Shows this help."_s);
    parser.addOption(help);
    addOptions(parser, command.options);
    addOptions(parser, globalOptions());
    if (!parser.parse(QStringList {u"sealwright-cli"_s} + rest))
        return usage(parser.errorText().left(1).toLower() + parser.errorText().mid(1));
    Invocation invocation;
    if (parser.isSet(help)) {
        invocation.help = parser.helpText().replace(
            u"sealwright-cli [options]"_s, u"sealwright-cli %1 %2 [options]"_s.arg(callOf(command), command.words));
        return invocation;
    }
    invocation.arguments.words = parser.positionalArguments();
    if (auto counted = checkWordCount(command, invocation.arguments.words); !counted)
        return base::failed(std::move(counted).error());
    invocation.command = &command;
    collect(parser, command.options, invocation.arguments);
    invocation.global = {parser.value(u"data-dir"_s), parser.value(u"passphrase-file"_s), parser.isSet(u"json"_s)};
    return invocation;
}

Invocation printing(const QString& text)
{
    Invocation invocation;
    invocation.help = text;
    return invocation;
}

} // namespace

QString Arguments::value(const QString& name, const QString& otherwise) const
{
    const QStringList all = options.value(name);
    return all.isEmpty() ? otherwise : all.constLast();
}

Reply removedReply(const QString& id)
{
    return {QJsonObject {{u"id"_s, id}, {u"removed"_s, true}}};
}

const QList<Command>& allCommands()
{
    static const QList<Command> commands = authorityCommands() + authorityRotationCommands() + accountCommands()
        + eabCommands() + eabImportCommands() + eabRegisterCommands() + policyCommands() + solverCommands()
        + persistRecordCommands() + issueCommands() + certificateCommands() + tagCommands() + renewCommands()
        + orderCommands() + checkCommands() + inspectCommands() + agentCommands() + maintenanceCommands()
        + practiceCommands();
    return commands;
}

Result<Invocation> parseCommandLine(const QStringList& arguments)
{
    const QList<qsizetype> leading = leadingWords(arguments);
    if (leading.isEmpty()) {
        if (arguments.contains(u"--version"_s))
            return printing(u"sealwright-cli " SEALWRIGHT_VERSION "\n"_s);
        if (arguments.contains(u"--help"_s) || arguments.contains(u"-h"_s))
            return printing(overallHelp());
        return usage(u"say what to do: sealwright-cli NOUN VERB …; see sealwright-cli --help"_s);
    }
    const QString noun = arguments[leading[0]];
    const QString verb = leading.size() > 1 ? arguments[leading[1]] : QString();
    const Command* command = findCommand(noun, verb);
    if (!command)
        return usage(unknownCall(noun, verb));
    QStringList rest = arguments;
    if (!command->verb.isEmpty())
        rest.removeAt(leading[1]);
    rest.removeAt(leading[0]);
    return parseRest(*command, rest);
}

bool wantsJson(const QStringList& arguments)
{
    return arguments.contains(u"--json"_s);
}

} // namespace cli
