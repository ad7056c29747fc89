// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>
#include <stop_token>

namespace challenge {

/// What another host is asked about one name.
struct HostQuestion {
    QString name; ///< a DNS name, about which no other question is
    QUrl url; ///< plain http, to be fetched there; empty: nothing is
    QString record = {}; ///< whose TXT values are looked up there; empty: nothing is
    bool address = true; ///< whether the name's own addresses are looked up
};

/// What it saw.
struct HostSight {
    struct Fetched {
        int status = 0; ///< of HTTP; 0 without an answer
        QByteArray firstLine; ///< of the body
        QString reason; ///< why there was no answer
    };

    /// What its dig was told about TXT records.
    struct Texts {
        QString status; ///< "NOERROR", "NXDOMAIN", …
        QStringList aliases; ///< that lead from one to the next
        QByteArrayList values;
    };

    QString name;
    std::optional<QStringList> addresses; ///< nothing: that could not be found out
    std::optional<Fetched> fetched; ///< nothing: not asked, or it has no curl
    std::optional<Texts> texts; ///< nothing: not asked, it has no dig, or nobody answered it
};

/// Looks at names from another host, by its `dig` (else `getent`) and `curl` over this system's `ssh`.
///
/// The user's ssh configuration, keys and known hosts count (see SshSettings). Nothing is asked of a person: what needs
/// a password or is an unknown host fails. Nothing is written there. One ssh at a time, for many names each.
class HostView {
public:
    /// `host` is as of SshHost. `configuration` stands for ssh -F; empty: the user's
    /// own.
    explicit HostView(QString host, QString configuration = {});

    /// InvalidInput about "host" for text that ssh could take for an option or a shell for a command.
    static base::Result<void> check(const QString& host);

    /// In the order of the questions. InvalidInput, Unsupported (there is no ssh here), Network (ssh failed; with its
    /// words), Timeout, Cancelled.
    base::Task<base::Result<QList<HostSight>>> look(QList<HostQuestion> questions, std::stop_token stop) const;

private:
    QString m_host;
    QString m_configuration;
};

} // namespace challenge
