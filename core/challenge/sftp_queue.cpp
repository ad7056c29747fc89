// SPDX-License-Identifier: Apache-2.0
#include "challenge/sftp_queue.h"

#include <stop_token>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

tl::unexpected<base::Error> cancelled()
{
    return base::failed(base::ErrorCode::Cancelled, u"stopped"_s);
}

/// What a session that got as far as `whole` says about a job of `size` commands behind the first `before` ones;
/// nothing where it was not begun.
std::optional<SftpReport> partOf(const SftpReport& whole, qsizetype before, qsizetype size)
{
    SftpReport part {whole.said.mid(before, size), false};
    if (part.said.isEmpty())
        return std::nullopt;
    part.failed = whole.failed && whole.said.size() <= before + size;
    return part;
}

} // namespace

SftpQueue::SftpQueue(SshSettings settings)
    : m_settings(std::move(settings))
{
}

SftpQueue::~SftpQueue() = default;

base::Task<Result<SftpReport>> SftpQueue::run(SshHost host, SftpJob job, std::stop_token stop)
{
    const quint64 number = ++m_last;
    const base::Delivery<Result<SftpReport>> done;
    m_waiting.append(Request {number, std::move(host), std::move(job), done});
    startLater();
    const auto onThisThread = [this, number] {
        QMetaObject::invokeMethod(
            this, [this, number] { cancel(number); }, Qt::QueuedConnection);
    };
    const std::stop_callback onStop(stop, onThisThread);
    Result<SftpReport> outcome = co_await done;
    co_return outcome;
}

void SftpQueue::startLater()
{
    QMetaObject::invokeMethod(this, &SftpQueue::startWaiting, Qt::QueuedConnection);
}

void SftpQueue::startWaiting()
{
    QStringList hosts;
    for (const Request& request : std::as_const(m_waiting))
        if (const QString host = request.host.toString(); !hosts.contains(host) && !m_running.contains(host))
            hosts.append(host);
    for (const QString& host : std::as_const(hosts))
        if (m_running.size() < sessionsAtOnce)
            start(host);
}

QList<SftpQueue::Request> SftpQueue::takeWaiting(const QString& host)
{
    QList<Request> taken;
    QList<Request> others;
    for (Request& request : m_waiting) {
        const bool fits = request.host.toString() == host && taken.size() < jobsOfASession;
        (fits ? taken : others).append(std::move(request));
    }
    m_waiting = std::move(others);
    return taken;
}

void SftpQueue::start(const QString& host)
{
    Running& running = m_running[host];
    running.requests = takeWaiting(host);
    SftpJob commands;
    for (const Request& request : std::as_const(running.requests))
        commands += request.job;
    running.session =
        std::make_unique<SftpSession>(running.requests.constFirst().host, std::move(commands), m_settings);
    // queued, since the session is gone after it
    connect(
        running.session.get(), &SftpSession::ended, this, [this, host] { share(host); }, Qt::QueuedConnection);
    running.session->start();
}

void SftpQueue::share(const QString& host)
{
    const auto found = m_running.find(host);
    const Running running = std::move(found->second);
    m_running.erase(found);
    const Result<SftpReport>& outcome = running.session->outcome();
    qsizetype before = 0;
    QList<Request> again;
    for (const Request& request : running.requests) {
        const auto part = outcome ? partOf(*outcome, before, request.job.size()) : std::nullopt;
        before += request.job.size();
        if (!outcome)
            request.done.deliver(base::failed(outcome.error()));
        else if (part)
            request.done.deliver(*part);
        else if (running.stopped.contains(request.number))
            request.done.deliver(cancelled());
        else
            again.append(request); // one before it failed
    }
    m_waiting = again + m_waiting;
    startWaiting();
}

void SftpQueue::cancel(quint64 number)
{
    if (cancelWaiting(number))
        return;
    for (auto& [host, running] : m_running) {
        for (const Request& request : std::as_const(running.requests))
            if (request.number == number)
                running.stopped.insert(number);
        if (running.stopped.size() == running.requests.size()) // nobody else needs it
            running.session->stop();
    }
}

bool SftpQueue::cancelWaiting(quint64 number)
{
    for (qsizetype at = 0; at < m_waiting.size(); ++at) {
        if (m_waiting.at(at).number != number)
            continue;
        const Request request = m_waiting.takeAt(at);
        request.done.deliver(cancelled());
        return true;
    }
    return false;
}

} // namespace challenge
