//! A listener of a load balancer.

use std::cell::Cell;
use std::hash::RandomState;
use std::rc::Rc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::{HOST, HeaderValue, UPGRADE};
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode, Version};

use crate::client::Client;
use crate::condition::Condition;
use crate::exchange::{Patience, Terms, exchange};
use crate::forwarded::{append, end_of_connection, passed_by_too_many, prepare};
use crate::page::{fixed, page, redirect, status_of};
use crate::record::{Record, Records};
use crate::redirect::location;
use crate::relay::Reply;
use crate::target::Lease;
use crate::target_group::Forward;
use crate::trace;
use crate::upgrade::{self, Wish};

/// ELB user guide, "HTTP 405", names the former; the latter asks for a tunnel.
const UNSUPPORTED: [Method; 2] = [Method::TRACE, Method::CONNECT];
const TOO_MANY_PASSED: StatusCode = match StatusCode::from_u16(463) {
    Ok(status) => status,
    Err(_) => StatusCode::BAD_REQUEST,
};

pub struct Listener {
    pub name: String,
    pub port: u16,
    pub idle: Duration,
    pub rules: Vec<Rule>,
    pub default: Action,
    pub marks: Rc<Marks>,
}

pub struct Rule {
    pub conditions: Vec<Condition>,
    pub action: Action,
}

pub enum Action {
    Forward(Forward),
    Fixed { status: StatusCode, content_type: String, body: String },
    Redirect { status: StatusCode, location: String },
}

/// What every request leaves, whichever load balancer answers it: a record, and an id of its own.
#[derive(Default)]
pub struct Marks {
    pub records: Rc<Records>,
    ids: RandomState,
    number: Cell<u64>,
}

impl Listener {
    pub async fn answer(&self, request: Request<Incoming>, client: &Client) -> Response<Reply> {
        let record = Record::new(&self.marks.records, &self.name);
        let (head, body) = request.into_parts();
        let own = match self.action(&head, client) {
            _ if !is_addressed(&head) => page(StatusCode::BAD_REQUEST),
            _ if UNSUPPORTED.contains(&head.method) => page(StatusCode::METHOD_NOT_ALLOWED),
            _ if passed_by_too_many(&head.headers) => page(TOO_MANY_PASSED),
            Action::Forward(forward) => match self.forward(forward, head, body, client, &record).await {
                Ok(relayed) => return relayed,
                Err(status) => page(status),
            },
            Action::Fixed { status, content_type, body } => fixed(*status, content_type, body),
            Action::Redirect { status, location: to } => redirect(*status, &location(to, &head, self.port)),
        };
        record.own(own.status().as_u16());
        own
    }

    fn action(&self, head: &Parts, client: &Client) -> &Action {
        let holds = |rule: &&Rule| rule.conditions.iter().all(|condition| condition.holds(head, client.address));
        self.rules.iter().find(holds).map_or(&self.default, |rule| &rule.action)
    }

    async fn forward(
        &self,
        forward: &Forward,
        mut head: Parts,
        body: Incoming,
        client: &Client,
        record: &Record<'_>,
    ) -> Result<Response<Reply>, StatusCode> {
        let group = forward.group(&head.headers).ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
        let target = group.target(&head.headers).ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
        record.chose(target.address);
        let wish = self.prepare(&mut head, client);
        let request = Request::from_parts(head, body);
        let terms = Terms { patience: Patience::Silent(self.idle), again: Duration::ZERO, kept: self.idle };
        let answered = exchange(target, request, terms).await;
        let (mut response, lease) = answered.map_err(|failure| status_of(&failure))?;
        record.relayed(response.status().as_u16());
        *response.version_mut() = Version::HTTP_11;
        let protocol = response.headers().get(UPGRADE).cloned();
        end_of_connection(response.headers_mut());
        forward.tell(group, target, response.headers_mut());
        if let (Some(wish), Some(protocol)) = (wish, protocol) {
            self.change(wish, &protocol, &mut response, &lease);
        }
        Ok(response.map(|body| Reply::relayed(body, lease)))
    }

    fn prepare(&self, head: &mut Parts, client: &Client) -> Option<Wish> {
        let wish = upgrade::wish(head);
        prepare(head, client);
        append(&mut head.headers, client);
        let number = self.marks.number.replace(self.marks.number.get().wrapping_add(1));
        trace::extend(&mut head.headers, &self.marks.ids, number);
        if let Some(wish) = &wish {
            upgrade::tell(&mut head.headers, wish.protocol());
        }
        wish
    }

    fn change(&self, wish: Wish, protocol: &HeaderValue, response: &mut Response<Incoming>, lease: &Lease) {
        let activity = lease.connection.activity.clone();
        if let Some(carry) = wish.granted(response, activity, self.idle) {
            upgrade::tell(response.headers_mut(), protocol);
            let target = Rc::clone(lease.target());
            lease.target().run(async move {
                carry.await;
                // A target that is deregistered is kept until then: it would end everything with it.
                drop(target);
            });
        }
    }
}

/// HTTP/1.1 wants a host (RFC 9112, 3.2).
fn is_addressed(head: &Parts) -> bool {
    head.version != Version::HTTP_11 || head.headers.contains_key(HOST) || head.uri.authority().is_some()
}
