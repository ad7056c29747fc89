// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_checks.h"
#include "ui/support/facade_answers.h"

namespace lifecycle {

using namespace Qt::StringLiterals;
using challenge::Finding;
using support::answer;
using support::answerWhenStopped;
using support::scene;

void CertificateManager::checkNames(CheckRequest request, std::function<void(QList<Finding>)> found, QObject* context,
                                    Reply<QList<Finding>> reply, std::stop_token stop)
{
    scene().checkRequest = request;
    QMetaObject::invokeMethod(
        context, [found, findings = scene().findings] { found(findings); }, Qt::QueuedConnection);
    if (!scene().neverAnswers.contains(u"checkNames"_s))
        return answer<QList<Finding>>(u"checkNames"_s, context, std::move(reply), scene().findings);
    scene().calls += u"checkNames"_s;
    answerWhenStopped<QList<Finding>>(context, std::move(reply), std::move(stop));
}

void CertificateManager::suggestProof(ProofSearch search, QObject* context, Reply<ProofSuggestion> reply,
                                      std::stop_token stop)
{
    scene().proofSearch = std::move(search);
    scene().proofSearchStop = stop;
    if (!scene().neverAnswers.contains(u"suggestProof"_s))
        return answer<ProofSuggestion>(u"suggestProof"_s, context, std::move(reply), scene().suggestion);
    scene().calls += u"suggestProof"_s;
    answerWhenStopped<ProofSuggestion>(context, std::move(reply), std::move(stop));
}

void CertificateManager::whyPending(QString, QString name, QObject* context, Reply<QList<PendingReason>> reply,
                                    std::stop_token)
{
    PendingReason reason {name, u"http-01"_s, u"pending"_s,
                          base::Error(base::ErrorCode::Rejected, u"Connection refused"_s)};
    reason.findings = {{name,
                        Finding::Check::AnswerArrives,
                        Finding::Verdict::Bad,
                        {{challenge::Statement::Code::NotReached, {name, u"Connection refused"_s}}}}};
    const QList<PendingReason> reasons {reason};
    answer<QList<PendingReason>>(u"whyPending"_s, context, std::move(reply), reasons);
}

} // namespace lifecycle
