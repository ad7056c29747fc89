// SPDX-License-Identifier: Apache-2.0
#include "support/server_personality.h"

#include "support/acme_fault_server_ca.h"

#include <QJsonDocument>

#include <functional>
#include <memory>

namespace support::personality {
namespace {

using namespace Qt::StringLiterals;

const QString urn = u"urn:ietf:params:acme:error:"_s;

using Edit = std::function<void(QJsonObject& json)>;

/// Edits the JSON of a successful answer.
void edit(ServedAnswer& answer, const Edit& change)
{
    QJsonObject json = QJsonDocument::fromJson(answer.body).object();
    if (answer.status >= 300 || json.isEmpty())
        return;
    change(json);
    answer.body = QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QString problemType(const ServedAnswer& answer)
{
    return QJsonDocument::fromJson(answer.body)[u"type"_s].toString().remove(urn);
}

bool isOrder(Step step)
{
    return step == Step::NewOrder || step == Step::Order || step == Step::Finalize;
}

void removeHeader(ServedAnswer& answer, const QByteArray& name)
{
    answer.headers.removeIf([&name](const auto& field) { return field.first == name; });
}

void replaceHeader(ServedAnswer& answer, const QByteArray& name, const QByteArray& value)
{
    removeHeader(answer, name);
    answer.headers.append(qMakePair(name, value));
}

/// Without its `*.`, as some servers repeat a wildcard.
QJsonArray withoutWildcards(const QJsonArray& identifiers)
{
    QJsonArray stripped;
    for (const QJsonValue& identifier : identifiers) {
        QJsonObject object = identifier.toObject();
        object[u"value"_s] = object[u"value"_s].toString().remove(u"*."_s);
        stripped.append(object);
    }
    return stripped;
}

QJsonArray inCapitals(const QJsonArray& identifiers)
{
    QJsonArray capitals;
    for (const QJsonValue& identifier : identifiers) {
        QJsonObject object = identifier.toObject();
        object[u"value"_s] = object[u"value"_s].toString().toUpper();
        capitals.prepend(object);
    }
    return capitals;
}

} // namespace

void stepCa(AcmeFaultServer& server)
{
    server.setAccountTie(AccountTie::Url);
    const auto isBroken = std::make_shared<bool>(false); // a list that was read while empty cannot be read again
    server.setManner([isBroken, &server](Step step, ServedAnswer& answer) {
        if (*isBroken && (step == Step::NewOrder || step == Step::OrderList))
            answer = problemAnswer(500, u"serverInternal"_s, u"The server experienced an internal error"_s);
        if (step == Step::OrderList && server.ordersCreated() == server.certificatesIssued())
            *isBroken = true;
        if (step == Step::Directory)
            edit(answer, [](QJsonObject& json) { json.remove(u"meta"_s); });
        if (step == Step::OrderList && answer.status == 200) {
            const QJsonArray orders = QJsonDocument::fromJson(answer.body)[u"orders"_s].toArray();
            answer.body = QJsonDocument(orders).toJson();
        }
        if (problemType(answer) == u"orderNotReady" || problemType(answer) == u"rateLimited")
            answer.status = 400;
        if (problemType(answer) == u"rejectedIdentifier")
            answer.status = 401;
    });
}

void boulder(AcmeFaultServer& server)
{
    server.setHasOrderList(false);
    server.setRefusal([](Step step, const QJsonObject& payload) -> std::optional<ServedAnswer> {
        const bool dated = payload.contains(u"notBefore"_s) || payload.contains(u"notAfter"_s);
        if (step == Step::NewOrder && dated)
            return problemAnswer(400, u"malformed"_s, u"NotBefore and NotAfter are not supported"_s);
        if (!payload[u"contact"_s].toArray().isEmpty())
            return problemAnswer(400, u"invalidContact"_s, u"contact email has forbidden domain \"corp.example\""_s);
        if (step == Step::NewOrder && payload.contains(u"replaces"_s))
            return problemAnswer(409, u"conflict"_s, u"cannot indicate an order replaces certificate, which has one"_s);
        return std::nullopt;
    });
    server.setManner([](Step step, ServedAnswer& answer) {
        if (step == Step::Directory)
            edit(answer, [](QJsonObject& json) { json[u"Xk9_random"_s] = u"https://ca.test/random-entry"_s; });
    });
}

void ejbca(AcmeFaultServer& server)
{
    server.setManner([](Step step, ServedAnswer& answer) {
        edit(answer, [step](QJsonObject& json) {
            json.remove(u"expires"_s);
            if (step == Step::Order || step == Step::Finalize)
                json.remove(u"identifiers"_s);
        });
    });
}

void sectigo(AcmeFaultServer& server)
{
    server.setPreValidated(true);
    server.setManner([](Step step, ServedAnswer& answer) {
        if (step == Step::NewAccount && answer.status == 200)
            removeHeader(answer, "Location");
        if (step == Step::Authorization)
            edit(answer, [](QJsonObject& json) { json.remove(u"challenges"_s); });
        if (step == Step::NewOrder)
            edit(answer, [](QJsonObject& json) { json[u"status"_s] = u"pending"_s; });
    });
}

void zeroSsl(AcmeFaultServer& server)
{
    sectigo(server);
    server.setProcessingPolls(12);
    server.setRetryAfter(15);
    for (const Step step : {Step::NewOrder, Step::Order, Step::Authorization, Step::Certificate})
        server.failNext(step, Fault::InternalErrorHtml, 2);
}

void digiCert(AcmeFaultServer& server)
{
    server.setPreValidated(true);
    server.setManner([](Step step, ServedAnswer& answer) {
        if (step == Step::Authorization)
            answer = problemAnswer(404, u"malformed"_s, u"the authorization cannot be read"_s);
        if (step == Step::NewOrder)
            edit(answer, [](QJsonObject& json) { json[u"status"_s] = u"pending"_s; });
        answer.body.replace(urn.toLatin1(), "");
    });
}

void googleTrustServices(AcmeFaultServer& server)
{
    server.setRefusal([](Step step, const QJsonObject& payload) -> std::optional<ServedAnswer> {
        const bool creates = step == Step::NewAccount && !payload[u"onlyReturnExisting"_s].toBool();
        if (creates && payload[u"contact"_s].toArray().isEmpty())
            return problemAnswer(400, u"malformed"_s, u"at least one contact is required"_s);
        return std::nullopt;
    });
}

void sslCom(AcmeFaultServer& server)
{
    server.setExternalAccounts({{u"kid-1"_s, "0123456789abcdef0123456789abcdef"}});
    server.setManner([](Step step, ServedAnswer& answer) {
        if (step == Step::Directory)
            edit(answer, [](QJsonObject& json) {
                json[u"meta"_s] = QJsonObject {{u"externalAccountRequired"_s, false}};
            });
    });
}

void entrust(AcmeFaultServer& server)
{
    server.setManner([](Step step, ServedAnswer& answer) {
        if (!isOrder(step))
            return;
        edit(answer, [step](QJsonObject& json) {
            json[u"identififiers"_s] = withoutWildcards(json[u"identifiers"_s].toArray());
            json.remove(u"identifiers"_s);
            json.remove(u"expires"_s);
            if (step != Step::NewOrder)
                json.remove(u"finalize"_s);
        });
    });
}

void harica(AcmeFaultServer& server)
{
    server.setPreValidated(true);
    server.failNext(Step::NewOrder, Fault::TruncatedJson);
}

void actalis(AcmeFaultServer& server)
{
    server.setManner([](Step step, ServedAnswer& answer) {
        if (step == Step::OrderList && answer.status == 200)
            answer.body = R"({"status": "valid", "contact": []})";
    });
}

void telesec(AcmeFaultServer& server)
{
    server.setManner([](Step step, ServedAnswer& answer) {
        if (answer.status == 200 && (step == Step::Finalize || step == Step::Challenge))
            answer.status = 201;
    });
}

void dogtag(AcmeFaultServer& server)
{
    for (const Step step : {Step::NewAccount, Step::NewOrder, Step::Order, Step::Authorization, Step::Challenge,
                            Step::Finalize, Step::Certificate})
        server.failNext(step, Fault::InternalErrorHtml);
}

void adcsWrapper(AcmeFaultServer& server)
{
    server.failNext(Step::Finalize, Fault::ResetAfterProcessing);
    server.setRefusal([&server](Step step, const QJsonObject&) -> std::optional<ServedAnswer> {
        if (step == Step::Finalize && server.requests(Step::Finalize) > 1)
            return problemAnswer(409, u"conflict"_s, u"the order was finalized before"_s);
        return std::nullopt;
    });
    server.setManner([&server](Step step, ServedAnswer& answer) {
        if (step == Step::Order && server.requests(Step::Finalize) == 1)
            edit(answer, [](QJsonObject& json) {
                json[u"status"_s] = u"ready"_s;
                json.remove(u"certificate"_s);
            });
    });
}

void djangoCa(AcmeFaultServer& server)
{
    server.setManner([](Step step, ServedAnswer& answer) {
        if (step == Step::Directory)
            edit(answer, [](QJsonObject& json) {
                json[u"keyChange"_s] = u"http://ca.test/todo/key-change"_s;
                json[u"revokeCert"_s] = u"http://ca.test/todo/revoke-cert"_s;
            });
    });
}

void sloppy(AcmeFaultServer& server)
{
    const QByteArray origin = server.directoryUrl().adjusted(QUrl::RemovePath).toEncoded();
    server.setManner([origin](Step step, ServedAnswer& answer) {
        if (isOrder(step))
            edit(answer, [](QJsonObject& json) {
                json[u"identifiers"_s] = inCapitals(json[u"identifiers"_s].toArray());
                QJsonArray authorizations = json[u"authorizations"_s].toArray();
                for (const QJsonValue& again : json[u"authorizations"_s].toArray())
                    authorizations.append(again);
                json[u"authorizations"_s] = authorizations;
            });
        answer.body.replace(origin, "");
        for (auto& field : answer.headers)
            if (field.first == "Location")
                field.second.replace(origin, "");
        if (!answer.body.startsWith("-----"))
            replaceHeader(answer, "Content-Type", "text/plain");
    });
}

} // namespace support::personality
