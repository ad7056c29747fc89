// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"

#include <QHash>
#include <QJsonValue>
#include <QString>
#include <QStringList>

namespace cli {

class Session;

/// What stands on the command line after the verb.
struct Arguments {
    QStringList words; ///< those that belong to no option
    QHash<QString, QStringList> options; ///< every value of each option given; a flag's is empty

    bool has(const QString& name) const { return options.contains(name); }
    /// The last value given, or `otherwise`.
    QString value(const QString& name, const QString& otherwise = QString()) const;
    QStringList values(const QString& name) const { return options.value(name); }
};

/// What a command answers: one JSON document, which is also what text output is made of.
struct Reply {
    QJsonValue document; ///< an array for lists, an object for a single result; undefined prints nothing
    QStringList columns = {}; ///< of an array's objects, for text output
    int exitCode = 0; ///< where only a part succeeded
    QString text = {}; ///< printed as it is instead of the document, unless JSON is wanted
};

/// One option of a verb.
struct Option {
    QString name;
    QString valueName; ///< empty for a flag
    QString description;
};

/// One call of the command line.
struct Command {
    /// What must be open before it runs.
    enum class Needs {
        Nothing,
        Data, ///< the data directory
        Vault, ///< also a vault, created where there is none; it need not be open
        OpenVault, ///< also both rings of it open
    };
    using Run = base::Task<base::Result<Reply>> (*)(Session& session, Arguments arguments);

    QString noun;
    QString verb; ///< empty where the noun says it all
    QString words; ///< for the usage line: "NAME…"
    int minimumWords = 0;
    int maximumWords = 0; ///< -1: any number
    QString description;
    QList<Option> options;
    Needs needs = Needs::Data;
    Run run = nullptr;
};

/// Bad usage of one option: InvalidInput that names it.
inline tl::unexpected<base::Error> badOption(const QString& option, const QString& detail)
{
    return base::invalid(option, QStringLiteral("--") + option + QStringLiteral(": ") + detail);
}

/// What removing something answers.
Reply removedReply(const QString& id);

QList<Command> authorityCommands();
QList<Command> authorityRotationCommands();
QList<Command> accountCommands();
QList<Command> eabCommands();
QList<Command> eabImportCommands();
QList<Command> eabRegisterCommands();
QList<Command> policyCommands();
QList<Command> solverCommands();
QList<Command> persistRecordCommands();
QList<Command> certificateCommands();
QList<Command> tagCommands();
QList<Command> issueCommands();
QList<Command> checkCommands();
QList<Command> renewCommands();
QList<Command> orderCommands();
QList<Command> inspectCommands();
QList<Command> agentCommands();
QList<Command> maintenanceCommands();
QList<Command> practiceCommands();

} // namespace cli
