// SPDX-License-Identifier: Apache-2.0
#include "challenge/lexicon_provider.h"

#include "base/program_run.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

constexpr std::chrono::minutes longestRun {2};

QString driver()
{
    QFile file(u":/challenge/lexicon_driver.py"_s);
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The Python that Lexicon was installed for, from the first line of its program; empty where it is not installed.
QString interpreter()
{
    QFile program(QStandardPaths::findExecutable(u"lexicon"_s));
    if (!program.open(QFile::ReadOnly))
        return {};
    const QString line = QString::fromUtf8(program.readLine(1024)).trimmed();
    const QStringList words = line.startsWith(u"#!"_s) ? line.mid(2).simplified().split(u' ') : QStringList();
    const bool isFound = words.value(0).endsWith(u"/env"_s); // "#!/usr/bin/env python3"
    return isFound ? QStandardPaths::findExecutable(words.value(1)) : words.value(0);
}

/// The order on the first line, the credentials as they are below it.
base::Secret inputOf(const QJsonObject& order, const base::Secret& credentials)
{
    QByteArray bytes;
    bytes.reserve(1024 + credentials.size()); // so that no copy of the credentials stays behind
    bytes += QJsonDocument(order).toJson(QJsonDocument::Compact) + '\n';
    bytes += credentials.view();
    base::Secret input {QByteArrayView(bytes)};
    base::wipe(bytes);
    return input;
}

} // namespace

LexiconProvider::LexiconProvider(QString provider, std::shared_ptr<const base::Secret> credentials)
    : m_provider(std::move(provider))
    , m_credentials(std::move(credentials))
{
}

Task<Result<void>> LexiconProvider::run(QString action, Dns01Place place, QByteArray value, std::stop_token stop)
{
    const QJsonObject order {{u"provider"_s, m_provider},
                             {u"action"_s, action},
                             {u"zone"_s, place.zone},
                             {u"name"_s, place.name},
                             {u"content"_s, QString::fromLatin1(value)}};
    base::ProgramCall call;
    call.program = interpreter();
    if (call.program.isEmpty())
        co_return tl::unexpected(
            base::Error(ErrorCode::NotFound, u"Lexicon is not installed (Debian: lexicon)"_s).about(u"solver"_s));
    call.arguments = {u"-I"_s, u"-c"_s, driver()};
    call.input = inputOf(order, *m_credentials);
    call.limit = longestRun;
    auto end = co_await base::runProgram(std::move(call), std::move(stop));
    if (!end)
        co_return tl::unexpected(std::move(end).error());
    if (end->exitCode != 0)
        co_return base::failed(
            base::Error(ErrorCode::Rejected, u"Lexicon's provider %1: %2"_s.arg(m_provider, end->lastWords()))
                .about(u"solver"_s));
    co_return Result<void>();
}

Task<Result<void>> LexiconProvider::probe(Dns01Place place, std::stop_token stop)
{
    return run(u"authenticate"_s, std::move(place), {}, std::move(stop));
}

Task<Result<QString>> LexiconProvider::add(Dns01Place place, QByteArray value, std::stop_token stop)
{
    auto added = co_await run(u"create"_s, std::move(place), std::move(value), std::move(stop));
    if (!added)
        co_return tl::unexpected(std::move(added).error());
    co_return QString();
}

Task<Result<void>> LexiconProvider::remove(Dns01Place place, QByteArray value, QString)
{
    return run(u"delete"_s, std::move(place), std::move(value), {});
}

} // namespace challenge
