// SPDX-License-Identifier: Apache-2.0
#include "support/looking_host.h"

#include <QFile>
#include <QStandardPaths>

namespace support {
namespace {

using namespace Qt::StringLiterals;

/// A program that runs the system's one of the same name with `arguments` before its own.
void makeTool(const QTemporaryDir& folder, const QString& name, const QString& arguments)
{
    const QString path = folder.filePath(name);
    const QString text = u"#!/bin/sh\nexec %1 %2 \"$@\"\n"_s.arg(QStandardPaths::findExecutable(name), arguments);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

LookingHost::LookingHost(quint16 dnsPort, const QString& name, quint16 httpPort)
    : m_server(SshServer::Files::Writable, "SetEnv PATH=" + m_tools.path().toUtf8() + ":/usr/bin:/bin\n")
{
    makeTool(m_tools, u"dig"_s, u"@127.0.0.1 -p %1"_s.arg(dnsPort));
    makeTool(m_tools, u"curl"_s, u"--resolve %1:%2:127.0.0.1"_s.arg(name).arg(httpPort));
}

} // namespace support
