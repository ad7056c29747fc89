// SPDX-License-Identifier: Apache-2.0
#include "base/logging.h"
#include "challenge/solver.h"
#include "lifecycle/acme_answer.h"
#include "lifecycle/acme_issuance.h"

#include <QUuid>

#include <vector>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using acme::AuthorizationStatus;
using acme::ChallengeStatus;
using base::ErrorCode;
using base::Result;
using base::Task;
using Subject = OrderEvent::Subject;

constexpr qsizetype requestsAtOnce = 16;
constexpr qint64 secondsForOtherNames = 10;

OrderEvent presentingEvent(const challenge::Answer& answer, const challenge::Solver& solver)
{
    const challenge::Expectation expected = solver.expectation(answer);
    OrderEvent event;
    event.subject = Subject::Challenge;
    event.identifier = answer.identifier.value();
    event.challengeType = solver.challengeType();
    event.state = u"presenting"_s;
    event.token = answer.token;
    event.expectedAt = expected.at;
    event.expectedValue = expected.value;
    return event;
}

/// What the authority found wrong, if it did: some servers leave the status pending beside the error.
std::optional<base::Error> refusal(const acme::Authorization& authorization, const QString& type)
{
    for (const acme::Challenge& challenge : authorization.challenges) {
        const bool final = challenge.status == ChallengeStatus::Invalid
            || (challenge.type == type && challenge.status == ChallengeStatus::Pending);
        if (challenge.error && final)
            return base::Error(*challenge.error).during(authorization.displayName());
    }
    if (authorization.status == AuthorizationStatus::Valid || authorization.status == AuthorizationStatus::Pending
        || authorization.status == AuthorizationStatus::Unknown)
        return std::nullopt;
    return base::Error(ErrorCode::Rejected,
                       u"%1: the authorization is %2"_s.arg(authorization.displayName(), authorization.statusText));
}

/// Whether the authority keeps an authorization to itself, as some do with names validated beforehand.
bool isUnreadable(const base::Error& error)
{
    return error.problem() && error.problem()->status == 404;
}

OrderEvent authorizationEvent(const acme::Authorization& authorization)
{
    OrderEvent event;
    event.subject = Subject::Authorization;
    event.identifier = authorization.displayName();
    event.state = authorization.statusText;
    return event;
}

} // namespace

Task<Result<void>> AcmeIssuance::authorize(acme::Order order)
{
    auto authorizations = co_await readAuthorizations(order.authorizations);
    if (!authorizations)
        co_return tl::unexpected(std::move(authorizations).error());
    co_return co_await prove(*std::move(authorizations));
}

Task<Result<void>> AcmeIssuance::preauthorize()
{
    QList<acme::Authorization> authorizations;
    for (const base::Identifier& name : request().names) {
        if (name.isWildcard()) // RFC 8555 section 7.4.1: there is none; the order brings it
            continue;
        auto authorization = co_await m_client.newAuthorization(m_account, name, m_enrolment.stop);
        if (!authorization)
            co_return tl::unexpected(std::move(authorization).error());
        authorizations.append(*std::move(authorization));
    }
    co_return co_await prove(std::move(authorizations));
}

Task<Result<void>> AcmeIssuance::prove(QList<acme::Authorization> authorizations)
{
    m_toProve = authorizations.size();
    QList<acme::Authorization> pending;
    NameRefusals refusals;
    for (const acme::Authorization& authorization : authorizations) {
        if (auto refused = refusal(authorization, m_enrolment.solver->challengeType()))
            noteRefusal(authorization, *std::move(refused), refusals);
        else
            progress().note(authorizationEvent(authorization));
        if (authorization.status != AuthorizationStatus::Valid)
            pending.append(authorization);
    }
    if (!refusals.isEmpty())
        co_return tl::unexpected(refusals.error());
    if (pending.isEmpty())
        co_return Result<void>();
    auto answered = co_await answer(std::move(pending));
    co_await cleanUp();
    co_return answered;
}

void AcmeIssuance::noteRefusal(const acme::Authorization& authorization, base::Error refusal, NameRefusals& refusals)
{
    OrderEvent event = authorizationEvent(authorization);
    event.error = refusal;
    progress().note(std::move(event));
    refusals.add(authorization.displayName(), std::move(refusal));
}

Task<Result<QList<acme::Authorization>>> AcmeIssuance::readAuthorizations(QList<QUrl> urls)
{
    QList<acme::Authorization> authorizations;
    for (qsizetype first = 0; first < urls.size(); first += requestsAtOnce) {
        std::vector<Task<Result<acme::Authorization>>> reads;
        for (const QUrl& url : urls.mid(first, requestsAtOnce))
            reads.push_back(m_client.authorization(m_account, url, m_enrolment.stop));
        std::optional<base::Error> failure;
        for (Task<Result<acme::Authorization>>& read : reads) {
            auto authorization = co_await std::move(read);
            if (authorization)
                authorizations.append(*std::move(authorization));
            else if (isUnreadable(authorization.error()))
                m_unreadable = std::move(authorization).error();
            else if (!failure)
                failure = std::move(authorization).error();
        }
        if (failure)
            co_return tl::unexpected(*std::move(failure));
    }
    co_return authorizations;
}

Task<Result<void>> AcmeIssuance::answer(QList<acme::Authorization> pending)
{
    auto placed = co_await putInPlace(pending);
    if (!placed)
        co_return placed;
    auto responded = co_await respondToAll(pending);
    if (!responded)
        co_return responded;
    QList<QUrl> urls;
    for (const acme::Authorization& authorization : pending)
        urls.append(authorization.url);
    auto valid = co_await awaitValid(std::move(urls));
    co_return valid;
}

Task<Result<void>> AcmeIssuance::putInPlace(QList<acme::Authorization> pending)
{
    const QString type = m_enrolment.solver->challengeType();
    acme::DirectoryMeta meta;
    if (dependsOnDirectory(type)) {
        auto directory = co_await m_client.refreshDirectory(m_enrolment.stop);
        if (!directory)
            co_return tl::unexpected(std::move(directory).error());
        meta = directory->meta;
    }
    QList<challenge::Answer> answers;
    for (const acme::Authorization& authorization : pending) {
        auto answer = answerTo(authorization, type, m_account, meta);
        if (!answer)
            co_return tl::unexpected(std::move(answer).error());
        const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        m_placements.append(
            Placement {id, progress().record().id, request().proof, m_enrolment.solver->placement(*answer)});
        answers.append(*std::move(answer));
    }
    auto stored = co_await m_orders.insertPlacements(m_placements);
    if (!stored)
        co_return stored;
    for (qsizetype first = 0; first < answers.size(); first += requestsAtOnce) {
        auto presented = co_await present(answers.mid(first, requestsAtOnce), first);
        if (!presented)
            co_return base::failed(std::move(presented), u"putting the answer in place");
    }
    co_return Result<void>();
}

Task<Result<void>> AcmeIssuance::present(QList<challenge::Answer> answers, qsizetype first)
{
    std::vector<Task<Result<void>>> running;
    for (const challenge::Answer& answer : answers) {
        progress().note(presentingEvent(answer, *m_enrolment.solver));
        running.push_back(present(answer, first++));
    }
    Result<void> outcome;
    for (Task<Result<void>>& each : running) {
        auto presented = co_await std::move(each);
        if (!presented && outcome)
            outcome = std::move(presented);
    }
    co_return outcome;
}

/// What came of it is stored before anything else happens: whoever cleans up after a kill may need it.
Task<Result<void>> AcmeIssuance::present(challenge::Answer answer, qsizetype placement)
{
    auto presented = co_await m_enrolment.solver->present(answer, m_enrolment.stop);
    if (!presented)
        co_return presented;
    const QJsonObject receipt = m_enrolment.solver->receipt(answer);
    if (!receipt.isEmpty()) {
        for (auto each = receipt.begin(); each != receipt.end(); ++each)
            m_placements[placement].what.insert(each.key(), each.value());
        auto stored = co_await m_orders.updatePlacement(m_placements[placement]);
        if (!stored)
            co_return stored;
    }
    co_return co_await m_enrolment.solver->awaitVisible(std::move(answer), m_enrolment.stop);
}

Task<Result<void>> AcmeIssuance::respondToAll(QList<acme::Authorization> pending)
{
    for (qsizetype first = 0; first < pending.size(); first += requestsAtOnce) {
        std::vector<Task<Result<void>>> requests;
        for (const acme::Authorization& authorization : pending.mid(first, requestsAtOnce))
            requests.push_back(respond(authorization));
        Result<void> outcome;
        for (Task<Result<void>>& request : requests) {
            auto responded = co_await std::move(request);
            if (!responded && outcome)
                outcome = std::move(responded);
        }
        if (!outcome)
            co_return outcome;
    }
    co_return Result<void>();
}

Task<Result<void>> AcmeIssuance::respond(acme::Authorization authorization)
{
    const QString type = m_enrolment.solver->challengeType();
    for (int attempt = 0;; ++attempt) {
        const auto challenge = chosenChallenge(authorization, type);
        if (!challenge)
            co_return tl::unexpected(challenge.error());
        // A server that was asked already must not be asked again: some begin validating anew.
        if (authorization.status != AuthorizationStatus::Pending || challenge->status != ChallengeStatus::Pending)
            co_return Result<void>();
        auto responded = co_await m_client.respond(m_account, challenge->url, m_enrolment.stop);
        if (responded) {
            OrderEvent event;
            event.subject = Subject::Challenge;
            event.identifier = authorization.displayName();
            event.challengeType = type;
            event.state = responded->statusText;
            m_challengeStates.insert(authorization.displayName(), responded->statusText);
            progress().note(std::move(event));
            co_return Result<void>();
        }
        auto again = co_await tryAgainAfter(std::move(responded).error(), attempt);
        if (!again)
            co_return again;
        // The request may have arrived although its reply did not: the authorization itself knows.
        auto current = co_await m_client.authorization(m_account, authorization.url, m_enrolment.stop);
        if (current)
            authorization = *std::move(current);
    }
}

Task<Result<void>> AcmeIssuance::awaitValid(QList<QUrl> urls)
{
    int failures = 0;
    NameRefusals refusals;
    std::optional<QDateTime> notBefore;
    QDateTime patience; // null until a name was refused: the others may still say what is wrong with them
    for (int attempt = 0; !urls.isEmpty() && !(patience.isValid() && progress().now() >= patience); ++attempt) {
        noteWaiting(urls.size(), notBefore, attempt);
        auto waited = co_await waitForNext(notBefore, attempt);
        if (!waited)
            co_return waited;
        auto current = co_await readAuthorizations(urls);
        if (!current) {
            auto again = co_await tryAgainAfter(std::move(current).error(), failures++);
            if (!again)
                co_return again;
            continue;
        }
        failures = 0;
        const QList<acme::Authorization> open = stillOpen(*current, refusals);
        urls.clear();
        notBefore.reset();
        for (const acme::Authorization& authorization : open) {
            urls.append(authorization.url);
            if (authorization.retryAfter && (!notBefore || *notBefore < *authorization.retryAfter))
                notBefore = authorization.retryAfter;
        }
        if (!refusals.isEmpty() && !patience.isValid())
            patience = progress().now().addSecs(secondsForOtherNames);
    }
    if (!refusals.isEmpty())
        co_return tl::unexpected(refusals.error());
    co_return Result<void>();
}

QList<acme::Authorization> AcmeIssuance::stillOpen(const QList<acme::Authorization>& authorizations,
                                                   NameRefusals& refusals)
{
    QList<acme::Authorization> open;
    for (const acme::Authorization& authorization : authorizations) {
        noteChallenge(authorization);
        if (auto refused = refusal(authorization, m_enrolment.solver->challengeType()))
            noteRefusal(authorization, *std::move(refused), refusals);
        else if (authorization.status == AuthorizationStatus::Valid)
            progress().note(authorizationEvent(authorization));
        else
            open.append(authorization);
    }
    return open;
}

void AcmeIssuance::noteWaiting(qsizetype open, std::optional<QDateTime> notBefore, int attempt)
{
    OrderEvent waiting;
    waiting.state = u"waiting"_s;
    waiting.detail = u"%1 of %2 names proved"_s.arg(m_toProve - open).arg(m_toProve);
    waiting.nextPollAt = notBefore.value_or(progress().now().addMSecs(m_polling.delay(attempt).count()));
    progress().note(std::move(waiting));
}

void AcmeIssuance::noteChallenge(const acme::Authorization& authorization)
{
    const auto challenge = authorization.challenge(m_enrolment.solver->challengeType());
    QString& noted = m_challengeStates[authorization.displayName()];
    if (!challenge || challenge->statusText == noted)
        return;
    noted = challenge->statusText;
    OrderEvent event;
    event.subject = Subject::Challenge;
    event.identifier = authorization.displayName();
    event.challengeType = challenge->type;
    event.state = challenge->statusText;
    if (challenge->error)
        event.error = base::Error(*challenge->error);
    progress().note(std::move(event));
}

Task<void> AcmeIssuance::cleanUp()
{
    QStringList removed;
    for (qsizetype first = 0; first < m_placements.size(); first += requestsAtOnce) {
        const QList<Placement> some = m_placements.mid(first, requestsAtOnce);
        std::vector<Task<Result<void>>> running;
        for (const Placement& placement : some)
            running.push_back(m_enrolment.solver->cleanUp(placement.what));
        for (std::size_t at = 0; at < running.size(); ++at) {
            auto cleaned = co_await std::move(running.at(at));
            if (cleaned)
                removed.append(some.at(static_cast<qsizetype>(at)).id);
            else
                progress().note(Subject::Challenge, u"left behind"_s, cleaned.error().message());
        }
    }
    for (const Placement& placement : std::as_const(m_placements)) {
        auto left = co_await m_enrolment.solver->leftToPerson(placement.what);
        if (left)
            progress().noteLeftover(*left, m_enrolment.solver->challengeType());
    }
    m_placements.clear();
    auto forgotten = co_await m_orders.removePlacements(std::move(removed));
    if (!forgotten)
        qCWarning(base::log::lifecycle) << "placements cannot be forgotten:" << forgotten.error().message();
}

} // namespace lifecycle
